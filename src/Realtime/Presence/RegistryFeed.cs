using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Configs;
using Agents.Realtime.Groups.Delivery;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Presence;

/// <summary>Follows what changes in Registry: agents that come, move and go, and credentials that end.</summary>
internal sealed partial class RegistryFeed(
    IRegistryInternal registry, Roster roster, PresenceBook presence, Connections connections, Evictions evictions, ConfigQueue configs, Seats seats, DeviceNews news, TimeProvider time, ILogger<RegistryFeed> log)
    : BackgroundService
{
    private const int WaitSeconds = 20;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(WaitSeconds + 5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly Lock _telling = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _last;
    private bool _failing;

    /// <summary>The number up to which it was read. Nobody is let in before there is one: what changes would be heard by nobody.</summary>
    public async ValueTask<long> LastAsync(CancellationToken cancellationToken)
    {
        await _begun.Task.WaitAsync(cancellationToken);
        return _last ?? 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                limit.CancelAfter(AnswerLimit);
                Take(await registry.GetChangesAsync(_last ?? long.MaxValue, _last is null ? 0 : WaitSeconds, limit.Token));
                _failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing)
                {
                    Log.FeedLost(log, e.Message);
                }

                _failing = true;
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(ChangePage page)
    {
        var upTo = page.Items.Count > 0 ? page.Items[^1].Seq : page.Last;
        if (_last is null)
        {
            presence.Missed(upTo);
        }
        else if (_last is { } last && (page.Last < last || page.First > last + 1))
        {
            // Some of it is gone unread. Whoever is connected comes again, and with it what we know of them is fresh.
            Log.GapFound(log, last, page.First);
            presence.Missed(upTo);
            news.Changed();
            foreach (var connection in connections.All)
            {
                connection.Close(CloseCode.ComeAgain, "connect again");
            }
        }
        else
        {
            foreach (var change in page.Items)
            {
                Apply(change);
            }
        }

        _last = upTo;
        _begun.TrySetResult();
    }

    private void Apply(Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.AgentSaved when change.Agent is { } agent:
                TellDevices(presence.Saved(change.Seq, agent));
                EndWhereLost(change.Id, agent);
                configs.Changed(agent.Id);
                break;
            case ChangeKind.AgentDeleted:
                TellDevices(new[] { presence.Deleted(change.Seq, change.Id) }.OfType<string>());
                EndWhereLost(change.Id, null);
                break;
            case ChangeKind.AgentTokenEnded:
                evictions.TokenEnded(AgentPeer.KeyOf(change.Id), change.TokenVersion);
                break;
            case ChangeKind.DeviceSaved:
                news.Changed();
                break;
            case ChangeKind.DeviceTokenEnded:
                evictions.TokenEnded(DevicePeer.KeyOf(change.Id), change.TokenVersion);
                break;
        }
    }

    private void EndWhereLost(string agentId, KnownAgent? now)
    {
        if (connections.Find(AgentPeer.KeyOf(agentId)) is { Peer: AgentPeer peer } connection)
        {
            Belonging.EndWhereLost(connection, peer, now);
        }
    }

    /// <summary>By whoever made it, so that the answer does not wait for the feed. Twice is as good as once.</summary>
    /// <param name="asOf"><see cref="LastAsync"/> before Registry was asked.</param>
    public void Save(long asOf, KnownAgent agent) => TellDevices(presence.SavedAsOf(asOf, agent));

    public void TellDevices(IEnumerable<string> deviceIds)
    {
        foreach (var id in deviceIds)
        {
            TellDevice(id);
        }
    }

    private void TellDevice(string deviceId)
    {
        seats.DeviceChanged(deviceId);
        if (connections.Find(DevicePeer.KeyOf(deviceId)) is not { } device)
        {
            return;
        }

        // One list after the other, however many change it: parts of two would be taken for one, and the newest comes last.
        lock (_telling)
        {
            var carried = roster.CarriedBy(deviceId).Select(agent => new PresenceChange(agent, PresenceStatus.Online, 0, Appeared: true));
            foreach (var part in ListParts.Of([.. carried]))
            {
                device.Send(part);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Registry's changes cannot be read; going on with what is known: {Reason}")]
        public static partial void FeedLost(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "Registry's changes after {Last} are gone, it begins at {First}: all connections are opened anew")]
        public static partial void GapFound(ILogger log, long last, long first);
    }
}
