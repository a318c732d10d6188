using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Presence;

/// <summary>Follows what changes in Registry: agents that come, move and go, and credentials that end.</summary>
internal sealed partial class RegistryFeed(
    IRegistryInternal registry, Roster roster, PresenceBook presence, Connections connections, Evictions evictions, TimeProvider time, ILogger<RegistryFeed> log)
    : BackgroundService
{
    private const int WaitSeconds = 20;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(WaitSeconds + 5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly Lock _telling = new();
    private bool _failing;

    /// <summary>The number up to which it was read; null before the first answer.</summary>
    public long? Last { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                limit.CancelAfter(AnswerLimit);
                Take(await registry.GetChangesAsync(Last ?? long.MaxValue, Last is null ? 0 : WaitSeconds, limit.Token));
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
        if (Last is { } last && (page.Last < last || page.First > last + 1))
        {
            // Some of it is gone unread. Whoever is connected comes again, and with it what we know of them is fresh.
            Log.GapFound(log, last, page.First);
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

        Last = page.Items.Count > 0 ? page.Items[^1].Seq : page.Last;
    }

    private void Apply(Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.AgentSaved when change.Agent is { } agent:
                Save(agent);
                break;
            case ChangeKind.AgentDeleted:
                Delete(change.Id);
                break;
            case ChangeKind.AgentTokenEnded:
                evictions.TokenEnded(AgentPeer.KeyOf(change.Id), change.TokenVersion);
                break;
            case ChangeKind.DeviceTokenEnded:
                evictions.TokenEnded(DevicePeer.KeyOf(change.Id), change.TokenVersion);
                break;
        }
    }

    /// <summary>Also called by whoever made it, so that the answer does not wait for the feed. Twice is as good as once.</summary>
    public void Save(KnownAgent agent)
    {
        if (roster.Find(agent.Id) is { } known && IsSame(known, agent))
        {
            return;
        }

        var lists = roster.Saved(agent);
        presence.Saved(agent, agent.DeviceId is { } id ? connections.Find(DevicePeer.KeyOf(id)) : null);
        foreach (var deviceId in lists)
        {
            TellDevice(deviceId);
        }
    }

    private static bool IsSame(KnownAgent a, KnownAgent b) =>
        JsonSerializer.SerializeToUtf8Bytes(a, WireJson.Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(b, WireJson.Options));

    private void Delete(string agentId)
    {
        if (roster.Find(agentId) is { } agent)
        {
            presence.Deleted(agent);
        }

        if (roster.Deleted(agentId) is { } deviceId)
        {
            TellDevice(deviceId);
        }
    }

    private void TellDevice(string deviceId)
    {
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
