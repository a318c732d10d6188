using System.Diagnostics.Metrics;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Loops;

namespace Agents.Realtime.Metrics;

/// <summary>Gathers points of all connections for a second and brings them to Registry. While it is away they wait here, up to a bound.</summary>
internal sealed partial class MetricForwarder(IRegistryInternal registry, IMeterFactory meters, TimeProvider time, ILogger<MetricForwarder> log)
    : Periodic(TimeSpan.FromSeconds(1), time, log)
{
    public const int MaxWaiting = 100_000;

    private const string GaveWay = "gave_way";
    private const string Refused = "refused";

    /// <summary>Longer than Registry's own, so that it says itself that it could not write.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly Counter<long> _lost = meters.Create("Agents.Realtime").CreateCounter<long>("agents.metrics.lost", "{point}", "Points that did not come to Registry");
    private readonly WaitingPoints _waiting = new(MaxWaiting);
    private List<MetricPoint> _batch = [];
    private int _tries;
    private long _notBefore = long.MinValue;
    private long _gaveWay;

    public void Put(IReadOnlyList<MetricPoint> points)
    {
        if (_waiting.Put(points) is > 0 and var over)
        {
            _lost.Add(over, new KeyValuePair<string, object?>("reason", GaveWay));
            Interlocked.Add(ref _gaveWay, over);
        }
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        while (Time.GetTimestamp() >= _notBefore && Next().Count > 0)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(AnswerLimit);
            try
            {
                await registry.ReportMetricsAsync(new(_batch), limit.Token);
                Done();
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Failed(e);
            }
        }
    }

    /// <summary>What was not taken goes first: one batch is on its way at a time.</summary>
    private List<MetricPoint> Next() => _batch.Count > 0 ? _batch : _batch = _waiting.Take(MetricReport.MaxPoints);

    private void Done()
    {
        (_batch, _tries) = ([], 0);
        if (Interlocked.Exchange(ref _gaveWay, 0) is > 0 and var gaveWay)
        {
            Log.GaveWay(log, gaveWay);
        }
    }

    private void Failed(Exception e)
    {
        if (++_tries == 1)
        {
            Log.NotTaken(log, e.Message);
        }

        if (Retry.After(e, _tries) is { } pause)
        {
            _notBefore = Time.GetTimestamp() + (long)(pause.TotalSeconds * Time.TimestampFrequency);
            return;
        }

        _lost.Add(_batch.Count, new KeyValuePair<string, object?>("reason", Refused));
        Log.Refused(log, _batch.Count, e.Message);
        Done();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Registry takes no figures just now; they wait: {Reason}")]
        public static partial void NotTaken(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "Registry was away for so long that the {Count} oldest points gave way to newer ones")]
        public static partial void GaveWay(ILogger log, long count);

        [LoggerMessage(LogLevel.Error, "Registry refused {Count} points again and again; they are given up: {Reason}")]
        public static partial void Refused(ILogger log, int count, string reason);
    }
}
