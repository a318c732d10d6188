using System.Net;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Loops;
using Refit;

namespace Agents.Realtime.Metrics;

/// <summary>Gathers points of all connections for a second and brings them to Registry. While it is away they wait here, up to a bound.</summary>
internal sealed partial class MetricForwarder(IRegistryInternal registry, TimeProvider time, ILogger<MetricForwarder> log)
    : Periodic(TimeSpan.FromSeconds(1), time, log)
{
    private const int MaxWaiting = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<MetricPoint> _waiting = new();
    private int _most = MetricReport.MaxPoints;
    private bool _failing;

    /// <summary>All of them, or none: who sent them keeps them for later.</summary>
    public Fault? Put(IReadOnlyList<MetricPoint> points)
    {
        lock (_gate)
        {
            if (_waiting.Count + points.Count > MaxWaiting)
            {
                return new(ErrorCode.Unavailable, "Figures can't be taken for the moment. Send them again later.");
            }

            foreach (var point in points)
            {
                _waiting.Enqueue(point);
            }

            return null;
        }
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (Peek() is { Count: > 0 } batch)
            {
                await registry.ReportMetricsAsync(new(batch), cancellationToken);
                Drop(batch.Count);
                _most = Math.Min(MetricReport.MaxPoints, _most * 2);
                _failing = false;
            }
        }
        catch (ApiException e) when (e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            // It will never be taken as it is: smaller ones are, and at last the one that is wrong is left out.
            if (_most == 1)
            {
                Drop(1);
                Log.LeftOut(log, e.Message);
            }

            _most = Math.Max(1, _most / 2);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                Log.NotTaken(log, e.Message);
            }

            _failing = true;
        }
    }

    private List<MetricPoint> Peek()
    {
        lock (_gate)
        {
            return [.. _waiting.Take(_most)];
        }
    }

    private void Drop(int count)
    {
        lock (_gate)
        {
            for (var i = 0; i < count; i++)
            {
                _waiting.Dequeue();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A figure that Registry does not take was left out: {Reason}")]
        public static partial void LeftOut(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "Registry takes no figures just now; they wait: {Reason}")]
        public static partial void NotTaken(ILogger log, string reason);
    }
}
