using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Presence;

/// <summary>
/// Who is there: connected here, or gone for less than the grace. An agent can be there twice, by its device and by a
/// process of its own; it is gone when both are. One lock stands before all that is written here and in the roster, so that
/// whatever comes first, a connection or the feed, the end is the same.
/// </summary>
internal sealed partial class PresenceBook(Roster roster, IOptions<HubOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly RecentChanges _recent = new();
    private readonly Dictionary<(PresenceKind Kind, string Id), Standing> _entries = [];
    private readonly Dictionary<(PresenceKind Kind, string Id), PresenceChange> _changes = [];
    private readonly List<((PresenceKind, string) Key, long Since)> _leaving = [];

    /// <summary>With a device's owner, who wants to hear of it when it is reported.</summary>
    private readonly Dictionary<(PresenceKind Kind, string Id), string?> _unreported = [];

    /// <summary>Other devices whose lists it changed: what it carries they carry no longer.</summary>
    public IReadOnlyCollection<string> Joined(Connection connection)
    {
        HashSet<string> relisted = [];
        lock (_gate)
        {
            switch (connection.Peer)
            {
                case DevicePeer device:
                    roster.Open(device.Id);
                    Hold((PresenceKind.Device, device.Id), connection);
                    var agents = _recent.Now(device.Id, device.Agents, device.AsOf);
                    Unlist(device.Id, roster.CarriedBy(device.Id).ExceptBy(agents.Select(agent => agent.Id), agent => agent.Id));
                    foreach (var carried in agents)
                    {
                        relisted.UnionWith(Place(carried));
                    }

                    relisted.Remove(device.Id);
                    break;
                case AgentPeer peer when _recent.Now(peer.Agent, peer.AsOf) is { } agent:
                    relisted.UnionWith(Place(agent, isHere: true));
                    Hold((PresenceKind.Agent, agent.Id), connection);
                    break;
            }
        }

        return relisted;
    }

    public void Left(Connection connection)
    {
        lock (_gate)
        {
            foreach (var key in HeldBy(connection.Peer))
            {
                Release(key, connection);
            }
        }
    }

    /// <summary>What an agent says of itself, or its device of it.</summary>
    public void Say(Connection from, string agentId, string status, int running)
    {
        var key = (PresenceKind.Agent, agentId);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.Say(from, status, running))
            {
                Changed(key, entry, appeared: false);
            }
        }
    }

    /// <summary>What a device says of itself.</summary>
    public void Measured(Connection from, DeviceLoad load)
    {
        if (from.Peer is not DevicePeer device)
        {
            return;
        }

        var key = (PresenceKind.Device, device.Id);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.Holders.Contains(from) && entry.Measure(load))
            {
                Changed(key, entry, appeared: false);
            }
        }
    }

    private IEnumerable<(PresenceKind Kind, string Id)> HeldBy(Peer peer) => peer switch
    {
        DevicePeer device => [(PresenceKind.Device, device.Id), .. roster.CarriedBy(device.Id).Select(agent => (PresenceKind.Agent, agent.Id))],
        AgentPeer agent => [(PresenceKind.Agent, agent.Agent.Id)],
        _ => [],
    };

    /// <summary>Held by its device where that is here, and by no other. One that nobody here has to do with is not kept.</summary>
    private IReadOnlyList<string> Place(KnownAgent agent, bool isHere = false)
    {
        var key = (PresenceKind.Agent, agent.Id);
        var devices = agent.DeviceId is { } id ? _entries.GetValueOrDefault((PresenceKind.Device, id))?.Holders ?? [] : [];
        if (!_entries.TryGetValue(key, out var entry) && devices.Count == 0 && !isHere)
        {
            return [];
        }

        var known = roster.Find(agent.Id);
        var isSame = known is not null && IsSame(known, agent);
        var lists = isSame ? [] : roster.Saved(agent);
        foreach (var former in (entry?.Holders ?? []).Where(holder => holder.Peer is DevicePeer its && its.Id != agent.DeviceId).ToList())
        {
            Release(key, former);
        }

        if (entry is not null && !isSame)
        {
            Changed(key, entry, appeared: true, known);
        }

        foreach (var connection in devices)
        {
            Hold(key, connection);
        }

        return lists;
    }

    private void Unlist(string deviceId, IEnumerable<KnownAgent> agents)
    {
        foreach (var agent in agents.ToList())
        {
            var key = (PresenceKind.Agent, agent.Id);
            roster.Unlist(deviceId, agent.Id);
            foreach (var former in _entries.TryGetValue(key, out var entry) ? entry.Holders.Where(holder => holder.Peer is DevicePeer its && its.Id == deviceId).ToList() : [])
            {
                Release(key, former);
            }
        }
    }

    private void Hold((PresenceKind Kind, string Id) key, Connection connection)
    {
        var isThere = _entries.TryGetValue(key, out var entry);
        entry ??= _entries[key] = new();
        if (entry.Hold(connection) || !isThere)
        {
            Changed(key, entry, appeared: !isThere);
        }
    }

    private void Release((PresenceKind Kind, string Id) key, Connection connection)
    {
        if (!_entries.TryGetValue(key, out var entry) || !entry.Release(connection, out var changed))
        {
            return;
        }

        if (entry.Holders.Count == 0)
        {
            entry.LeftAt = time.GetTimestamp();
            _leaving.Add((key, entry.LeftAt));
        }
        else if (changed)
        {
            Changed(key, entry, appeared: false);
        }
    }

    private void Changed((PresenceKind Kind, string Id) key, Standing entry, bool appeared, KnownAgent? former = null)
    {
        _unreported[key] = entry.Owner;
        if (key.Kind is PresenceKind.Agent && roster.Find(key.Id) is { } agent)
        {
            var before = _changes.GetValueOrDefault(key);
            _changes[key] = new(agent, entry.Status, entry.Running, appeared || before is { Appeared: true }) { Former = before is null ? former : before.Former ?? former };
        }
    }

    private static bool IsSame(KnownAgent a, KnownAgent b) =>
        ReferenceEquals(a, b) || JsonSerializer.SerializeToUtf8Bytes(a, WireJson.Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(b, WireJson.Options));
}
