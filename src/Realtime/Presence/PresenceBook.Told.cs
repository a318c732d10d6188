using Agents.Contracts.Registry;

namespace Agents.Realtime.Presence;

/// <summary>What the book tells others: who is there, what changed, and what Registry is to know.</summary>
internal sealed partial class PresenceBook
{
    /// <summary>The agent where it is there, else null. One that says itself that it is offline is not.</summary>
    public PresenceChange? Find(string agentId)
    {
        lock (_gate)
        {
            return _entries.TryGetValue((PresenceKind.Agent, agentId), out var entry) && !entry.IsOffline && roster.Find(agentId) is { } agent
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
                   where entry.Key.Kind is PresenceKind.Agent && !entry.Value.IsOffline
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
    public IReadOnlyList<ReportedPresence> TakeReport(TimeSpan freshFor, int most)
    {
        var (now, at) = (time.GetTimestamp(), time.GetUtcNow());
        List<ReportedPresence> report = [];
        lock (_gate)
        {
            foreach (var (key, entry) in _entries)
            {
                if (report.Count >= most)
                {
                    break;
                }

                var isNews = _unreported.Remove(key, out var owner);
                if (isNews || time.GetElapsedTime(entry.ReportedAt, now) > freshFor)
                {
                    entry.ReportedAt = now;
                    report.Add(new(new(key.Kind, key.Id, entry.Status, entry.Running, at - entry.SilentFor(time), entry.Load), isNews, owner));
                }
            }

            // What is left there has no entry: it went.
            foreach (var (key, owner) in _unreported.Where(news => !_entries.ContainsKey(news.Key)).Take(most - report.Count).ToList())
            {
                _unreported.Remove(key);
                report.Add(new(new(key.Kind, key.Id, PresenceStatus.Offline, 0, at), IsNews: true, owner));
            }
        }

        return report;
    }

    /// <summary>The report did not arrive: it goes into the next one.</summary>
    public void Unreported(IReadOnlyList<ReportedPresence> report)
    {
        lock (_gate)
        {
            foreach (var (entry, _, owner) in report)
            {
                _unreported.TryAdd((entry.Kind, entry.Id), owner);
            }
        }
    }

    /// <summary>Registry may have given us up for dead meanwhile: it is told of all.</summary>
    public void AllUnreported()
    {
        lock (_gate)
        {
            foreach (var (key, entry) in _entries)
            {
                _unreported[key] = entry.Owner;
            }
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
                entry.End();
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
}
