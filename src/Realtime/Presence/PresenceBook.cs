using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Presence;

/// <summary>An agent whose state is another than before, for those who may see it.</summary>
/// <param name="Appeared">It was not there before, or is not what it was: who sees it wants its details.</param>
internal sealed record PresenceChange(KnownAgent Agent, string Status, int Running, bool Appeared);

/// <summary>
/// Who is there: connected here, or gone for less than the grace. An agent can be there twice, by its device and by a
/// process of its own; it is gone when both are.
/// </summary>
internal sealed class PresenceBook(Roster roster, IOptions<HubOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(PresenceKind Kind, string Id), Entry> _entries = [];
    private readonly Dictionary<(PresenceKind Kind, string Id), PresenceChange> _changes = [];
    private readonly List<((PresenceKind, string) Key, long Since)> _leaving = [];
    private readonly HashSet<(PresenceKind Kind, string Id)> _unreported = [];

    public void Joined(Connection connection)
    {
        lock (_gate)
        {
            foreach (var key in HeldBy(connection.Peer))
            {
                Hold(key, connection);
            }
        }
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
    public void Say(string agentId, string status, int running)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((PresenceKind.Agent, agentId), out var entry) && (entry.Status != status || entry.Running != running))
            {
                (entry.Status, entry.Running) = (status, running);
                Changed((PresenceKind.Agent, agentId), entry, appeared: false);
            }
        }
    }

    /// <summary>An agent was made, changed or moved; <paramref name="device"/> is its device's connection, where that is here.</summary>
    public void Saved(KnownAgent agent, Connection? device)
    {
        var key = (PresenceKind.Agent, agent.Id);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                foreach (var former in entry.Holders.Where(holder => holder.Peer is DevicePeer && holder != device).ToList())
                {
                    Release(key, former);
                }

                Changed(key, entry, appeared: true);
            }

            if (device is not null)
            {
                Hold(key, device);
            }
        }
    }

    /// <summary>Deleted: gone at once. Registry knows.</summary>
    public void Deleted(KnownAgent agent)
    {
        var key = (PresenceKind.Agent, agent.Id);
        lock (_gate)
        {
            if (_entries.Remove(key))
            {
                _changes[key] = new(agent, PresenceStatus.Offline, 0, Appeared: false);
                _unreported.Remove(key);
            }
        }
    }

    /// <summary>The agent where it is there, else null. One that says itself that it is offline is not.</summary>
    public PresenceChange? Find(string agentId)
    {
        lock (_gate)
        {
            return _entries.TryGetValue((PresenceKind.Agent, agentId), out var entry) && entry.Status != PresenceStatus.Offline && roster.Find(agentId) is { } agent
                ? new(agent, entry.Status, entry.Running, Appeared: false)
                : null;
        }
    }

    public IReadOnlyList<PresenceChange> Online(Func<KnownAgent, bool> isSeen)
    {
        lock (_gate)
        {
            return
            [
                .. from entry in _entries
                   where entry.Key.Kind is PresenceKind.Agent && entry.Value.Status != PresenceStatus.Offline
                   let agent = roster.Find(entry.Key.Id)
                   where agent is not null && isSeen(agent)
                   select new PresenceChange(agent, entry.Value.Status, entry.Value.Running, Appeared: true),
            ];
        }
    }

    /// <summary>What changed since the last time, each once; whose grace is over has gone.</summary>
    public IReadOnlyList<PresenceChange> TakeChanges()
    {
        lock (_gate)
        {
            EndGrace();
            if (_changes.Count == 0)
            {
                return [];
            }

            PresenceChange[] changes = [.. _changes.Values];
            _changes.Clear();
            return changes;
        }
    }

    /// <summary>What Registry does not know yet, and who was heard of long enough ago to say so again.</summary>
    public IReadOnlyList<PresenceEntry> TakeReport(TimeSpan freshFor, int most)
    {
        var (now, at) = (time.GetTimestamp(), time.GetUtcNow());
        List<PresenceEntry> report = [];
        lock (_gate)
        {
            foreach (var (key, entry) in _entries)
            {
                if (report.Count >= most)
                {
                    break;
                }

                var unreported = _unreported.Remove(key);
                if (unreported || time.GetElapsedTime(entry.ReportedAt, now) > freshFor)
                {
                    entry.ReportedAt = now;
                    report.Add(new(key.Kind, key.Id, entry.Status, entry.Running, at - entry.SilentFor(time)));
                }
            }

            // What is left there has no entry: it went.
            foreach (var key in _unreported.Where(key => !_entries.ContainsKey(key)).Take(most - report.Count).ToList())
            {
                _unreported.Remove(key);
                report.Add(new(key.Kind, key.Id, PresenceStatus.Offline, 0, at));
            }
        }

        return report;
    }

    /// <summary>The report did not arrive: it goes into the next one.</summary>
    public void Unreported(IReadOnlyList<PresenceEntry> report)
    {
        lock (_gate)
        {
            _unreported.UnionWith(report.Select(entry => (entry.Kind, entry.Id)));
        }
    }

    /// <summary>Registry may have given us up for dead meanwhile: it is told of all.</summary>
    public void AllUnreported()
    {
        lock (_gate)
        {
            _unreported.UnionWith(_entries.Keys);
        }
    }

    private IEnumerable<(PresenceKind Kind, string Id)> HeldBy(Peer peer) => peer switch
    {
        DevicePeer device => [(PresenceKind.Device, device.Id), .. roster.CarriedBy(device.Id).Select(agent => (PresenceKind.Agent, agent.Id))],
        AgentPeer agent => [(PresenceKind.Agent, agent.Agent.Id)],
        _ => [],
    };

    private void Hold((PresenceKind Kind, string Id) key, Connection connection)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry = new();
            Changed(key, entry, appeared: true);
        }

        if (!entry.Holders.Contains(connection))
        {
            entry.Holders.Add(connection);
        }
    }

    private void Release((PresenceKind Kind, string Id) key, Connection connection)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Holders.Remove(connection) && entry.Holders.Count == 0)
        {
            entry.LeftAt = time.GetTimestamp();
            _leaving.Add((key, entry.LeftAt));
        }
    }

    private void EndGrace()
    {
        // In the order in which they left, so the first that is not due ends it.
        var due = 0;
        List<(PresenceKind Kind, string Id)> gone = [];
        while (due < _leaving.Count && time.GetElapsedTime(_leaving[due].Since) >= options.Value.Grace)
        {
            var (key, since) = _leaving[due++];
            // Who came back and left again stands further down once more.
            if (_entries.TryGetValue(key, out var entry) && entry.Holders.Count == 0 && entry.LeftAt == since)
            {
                entry.Status = PresenceStatus.Offline;
                Changed(key, entry, appeared: false);
                _entries.Remove(key);
                gone.Add(key);
            }
        }

        _leaving.RemoveRange(0, due);
        // Last, because what is told of an agent is told with what the roster knows of it.
        gone.ForEach(Forget);
    }

    private void Forget((PresenceKind Kind, string Id) key)
    {
        if (key.Kind is PresenceKind.Device)
        {
            roster.Forget(key.Id, agentId => _entries.ContainsKey((PresenceKind.Agent, agentId)));
        }
        else
        {
            roster.ForgetAgent(key.Id);
        }
    }

    private void Changed((PresenceKind Kind, string Id) key, Entry entry, bool appeared)
    {
        _unreported.Add(key);
        if (key.Kind is PresenceKind.Agent && roster.Find(key.Id) is { } agent)
        {
            appeared |= _changes.TryGetValue(key, out var before) && before.Appeared;
            _changes[key] = new(agent, entry.Status, entry.Running, appeared);
        }
    }

    private sealed class Entry
    {
        public List<Connection> Holders { get; } = new(1);

        public string Status { get; set; } = PresenceStatus.Online;

        public int Running { get; set; }

        public long LeftAt { get; set; }

        public long ReportedAt { get; set; }

        public TimeSpan SilentFor(TimeProvider time) =>
            Holders.Count == 0 ? time.GetElapsedTime(LeftAt) : Holders.Min(holder => holder.SilentFor);
    }
}
