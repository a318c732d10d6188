using Agents.Contracts.Registry;

namespace Agents.Scheduler.Dispatch;

/// <summary>Keeps the fleet as Registry has it: all of it at the start and after a gap, then each change.</summary>
internal sealed partial class FleetFollower(IRegistryInternal registry, Fleet fleet, TimeProvider time, ILogger<FleetFollower> log) : BackgroundService
{
    private const int WaitSeconds = 20;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(WaitSeconds + 5);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private volatile TaskCompletionSource _moved = New();
    private long? _last;
    private bool _failing;

    /// <summary>
    /// Until all that Registry has told of is known here: for who was told of something by Registry itself, and names it to us
    /// before its feed does. Not for longer than a moment.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CatchUpLimit);
        try
        {
            var newest = (await registry.GetChangesAsync(long.MaxValue, 0, limit.Token)).Last;
            for (var moved = _moved.Task; !(_last >= newest); moved = _moved.Task)
            {
                await moved.WaitAsync(limit.Token);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotCaughtUp(log, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _last = _last is { } last ? await FollowAsync(last, stoppingToken) : await LoadAsync(stoppingToken);
                Interlocked.Exchange(ref _moved, New()).TrySetResult();
                _failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing)
                {
                    Log.Lost(log, e.Message);
                }

                _failing = true;
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<long?> LoadAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        // The number first: what changes while the pages are read comes again by the feed.
        var last = (await registry.GetChangesAsync(long.MaxValue, 0, limit.Token)).Last;
        List<DeviceFacts> devices = [];
        List<KnownAgent> agents = [];
        string? after = null;
        do
        {
            var page = await registry.GetFleetAsync(after, limit.Token);
            devices.AddRange(page.Devices);
            agents.AddRange(page.Agents);
            after = page.Next;
        }
        while (after is not null);

        fleet.Loaded(devices, agents);
        return last;
    }

    /// <summary>Null where some of it is gone unread.</summary>
    private async Task<long?> FollowAsync(long last, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        var page = await registry.GetChangesAsync(last, WaitSeconds, limit.Token);
        if (page.Last < last || page.First > last + 1)
        {
            return null;
        }

        foreach (var change in page.Items)
        {
            Apply(change);
        }

        return page.Items.Count > 0 ? page.Items[^1].Seq : page.Last;
    }

    private void Apply(Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.AgentSaved when change.Agent is { } agent:
                fleet.Saved(agent);
                break;
            case ChangeKind.AgentDeleted:
                fleet.AgentDeleted(change.Id);
                break;
            case ChangeKind.DeviceSaved:
                fleet.DeviceSaved(change.Id, change.Device);
                break;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "It could not be made sure that the newest of the fleet is known: {Reason}")]
        public static partial void NotCaughtUp(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "Registry's fleet cannot be read; going on with what is known: {Reason}")]
        public static partial void Lost(ILogger log, string reason);
    }
}
