using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Feeds;

namespace Agents.Scheduler.Dispatch;

/// <summary>Keeps the fleet as Registry has it.</summary>
internal sealed partial class FleetFollower(IRegistryInternal registry, Fleet fleet, TimeProvider time, ILogger<FleetFollower> log)
    : FeedFollower("Registry's fleet", time, log)
{
    /// <summary>Until all that Registry has told of is known here, as far as that can be made sure in a moment.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReachNewestAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotCaughtUp(log, e.Message);
        }
    }

    protected override async Task<long> NewestAsync(CancellationToken cancellationToken) => (await registry.GetChangesAsync(long.MaxValue, 0, cancellationToken)).Last;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        List<DeviceFacts> devices = [];
        List<KnownAgent> agents = [];
        string? after = null;
        do
        {
            var page = await registry.GetFleetAsync(after, cancellationToken);
            devices.AddRange(page.Devices);
            agents.AddRange(page.Agents);
            after = page.Next;
        }
        while (after is not null);

        fleet.Loaded(devices, agents);
    }

    protected override async Task<FeedStep> FollowAsync(long after, int waitSeconds, CancellationToken cancellationToken)
    {
        var page = await registry.GetChangesAsync(after, waitSeconds, cancellationToken);
        return FeedStep.Of(after, page.First, page.Last, page.Items, change => change.Seq, Apply);
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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "It could not be made sure that the newest of the fleet is known: {Reason}")]
        public static partial void NotCaughtUp(ILogger log, string reason);
    }
}
