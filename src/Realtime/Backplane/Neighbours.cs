using Agents.Contracts.Registry;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Backplane;

/// <summary>
/// Who is there at the other processes of this service, as they tell it. Alone there are none, and it is empty. An agent is
/// gone when the last process that had it says so, or has fallen silent.
/// </summary>
internal sealed class Neighbours(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Neighbour> _neighbours = [];
    private readonly List<PresenceChange> _changes = [];

    /// <summary>Whether it is not known what it has, or not all of it, and the number of its last word.</summary>
    public bool IsDoubtful(string instance, out long asOf)
    {
        lock (_gate)
        {
            var there = _neighbours.GetValueOrDefault(instance);
            asOf = there?.Number ?? 0;
            return there is not { IsDoubtful: false };
        }
    }

    /// <summary>A word of it, with the number of the last one that had changes. Of one that is not known what it has is read first.</summary>
    public void Heard(string instance, long number, IReadOnlyList<PresenceChange>? changes)
    {
        lock (_gate)
        {
            if (_neighbours.TryGetValue(instance, out var there))
            {
                there.HeardAt = time.GetTimestamp();
                there.IsDoubtful |= number != there.Number + (changes is null ? 0 : 1);
                there.Number = number;
                Take(there, changes ?? []);
            }
        }
    }

    /// <summary>Nobody can be heard, so nobody's silence counts.</summary>
    public void Wait()
    {
        lock (_gate)
        {
            foreach (var neighbour in _neighbours.Values)
            {
                neighbour.HeardAt = time.GetTimestamp();
            }
        }
    }

    /// <summary>All that it had when its last word was that of the number; where another one came since, it is read once more.</summary>
    public void ToldAll(string instance, long asOf, IReadOnlyList<PresenceChange> all)
    {
        lock (_gate)
        {
            var there = Of(instance);
            there.IsDoubtful = there.Number != asOf;
            Drop(instance, [.. there.Agents.Keys.Except(all.Select(change => change.Agent.Id))]);
            Take(there, all.Where(change => !there.Agents.TryGetValue(change.Agent.Id, out var known)
                || known.Status != change.Status || known.Agent.Visibility != change.Agent.Visibility));
        }
    }

    /// <summary>Those that were silent for so long have died, and what they had is gone. False where there were none.</summary>
    public bool Forget(TimeSpan silentFor)
    {
        lock (_gate)
        {
            var silent = _neighbours.Where(n => time.GetElapsedTime(n.Value.HeardAt) > silentFor).ToList();
            foreach (var (instance, neighbour) in silent)
            {
                Drop(instance, [.. neighbour.Agents.Keys]);
                _neighbours.Remove(instance);
            }

            return silent.Count > 0;
        }
    }

    /// <summary>The agent where another process has it, else null.</summary>
    public PresenceChange? Find(string agentId)
    {
        lock (_gate)
        {
            return _neighbours.Values.Select(neighbour => neighbour.Agents.GetValueOrDefault(agentId)).FirstOrDefault(change => change is not null);
        }
    }

    public IReadOnlyList<PresenceChange> Online(Func<KnownAgent, bool> isSeen)
    {
        lock (_gate)
        {
            return [.. _neighbours.Values.SelectMany(neighbour => neighbour.Agents.Values).Where(change => isSeen(change.Agent)).DistinctBy(change => change.Agent.Id)];
        }
    }

    public IReadOnlyList<PresenceChange> TakeChanges()
    {
        lock (_gate)
        {
            if (_changes.Count == 0)
            {
                return [];
            }

            PresenceChange[] changes = [.. _changes];
            _changes.Clear();
            return changes;
        }
    }

    private void Take(Neighbour there, IEnumerable<PresenceChange> changes)
    {
        foreach (var change in changes)
        {
            var former = there.Agents.GetValueOrDefault(change.Agent.Id)?.Agent;
            if (change.Status is PresenceStatus.Offline)
            {
                there.Agents.Remove(change.Agent.Id);
            }
            else
            {
                there.Agents[change.Agent.Id] = change;
            }

            _changes.Add(change with { Former = former });
        }
    }

    private void Drop(string instance, List<string> agentIds)
    {
        var there = _neighbours[instance];
        foreach (var id in agentIds)
        {
            if (there.Agents.Remove(id, out var last))
            {
                _changes.Add(last with { Status = PresenceStatus.Offline, Running = 0, Appeared = false });
            }
        }
    }

    private Neighbour Of(string instance) =>
        _neighbours.TryGetValue(instance, out var known) ? known : _neighbours[instance] = new() { HeardAt = time.GetTimestamp() };

    private sealed class Neighbour
    {
        public long HeardAt { get; set; }

        public long Number { get; set; }

        public bool IsDoubtful { get; set; }

        public Dictionary<string, PresenceChange> Agents { get; } = [];
    }
}
