using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Loops;

namespace Agents.Realtime.Presence;

/// <summary>Tells Registry who is there, batched: changes within half a second, heartbeats now and then, and always that we live.</summary>
internal sealed partial class PresenceReporter(
    PresenceBook presence, IRegistryInternal registry, DeviceNews news, Instance instance, TimeProvider time, ILogger<PresenceReporter> log)
    : Periodic(TimeSpan.FromMilliseconds(500), time, log)
{
    /// <summary>So old the word of a device's heartbeat may be in Registry.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private long? _arrivedAt;
    private bool _failing;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_arrivedAt is { } last && Time.GetElapsedTime(last) > PresenceReport.SilentAfter - PresenceReport.Beat)
        {
            presence.AllUnreported();
        }

        while (true)
        {
            var entries = presence.TakeReport(FreshFor, PresenceReport.MaxEntries);
            if (entries.Count == 0 && _arrivedAt is { } arrived && Time.GetElapsedTime(arrived) < PresenceReport.Beat - TimeSpan.FromMilliseconds(500))
            {
                return;
            }

            if (!await TryReportAsync(entries, cancellationToken) || entries.Count < PresenceReport.MaxEntries)
            {
                return;
            }
        }
    }

    private async Task<bool> TryReportAsync(IReadOnlyList<ReportedPresence> entries, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        try
        {
            await registry.ReportPresenceAsync(new(instance.Id, [.. entries.Select(reported => reported.Entry)]), limit.Token);
            (_arrivedAt, _failing) = (Time.GetTimestamp(), false);
            news.Reported(entries);
            return true;
        }
        catch (Exception e)
        {
            presence.Unreported(entries);
            if (!_failing && !cancellationToken.IsCancellationRequested)
            {
                Log.NotHeard(log, e.Message);
            }

            _failing = true;
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Registry can't be told who is there; it will be told all when it is back: {Reason}")]
        public static partial void NotHeard(ILogger log, string reason);
    }
}
