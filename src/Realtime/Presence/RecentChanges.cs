using Agents.Contracts.Registry;

namespace Agents.Realtime.Presence;

/// <summary>
/// What the feed told of agents of late. Who was asked for before it, and joins after it, would bring along what is no
/// longer so. Not for several threads.
/// </summary>
internal sealed class RecentChanges(int mostKept = 10_000)
{
    private readonly Dictionary<string, (long Seq, KnownAgent? Agent)> _newest = [];
    private readonly Queue<(string Id, long Seq)> _order = new();
    private long _lostUpTo;
    private long _last;

    /// <param name="agent">Null where it was deleted.</param>
    public void Add(long seq, string id, KnownAgent? agent)
    {
        _newest[id] = (seq, agent);
        _order.Enqueue((id, seq));
        _last = seq;
        while (_order.Count > mostKept)
        {
            var (oldest, at) = _order.Dequeue();
            _lostUpTo = at;
            if (_newest.TryGetValue(oldest, out var kept) && kept.Seq == at)
            {
                _newest.Remove(oldest);
            }
        }
    }

    public void LostUpTo(long seq)
    {
        _newest.Clear();
        _order.Clear();
        (_lostUpTo, _last) = (seq, seq);
    }

    /// <summary>All that changed since this number is still known.</summary>
    public bool Reaches(long asOf) => asOf >= _lostUpTo;

    public bool HasNewer(string id, long asOf) => _newest.TryGetValue(id, out var newest) && newest.Seq > asOf;

    /// <summary>An agent as it is now; null where it was deleted meanwhile.</summary>
    public KnownAgent? Now(KnownAgent agent, long asOf) => HasNewer(agent.Id, asOf) ? _newest[agent.Id].Agent : agent;

    /// <summary>The agents that a device carries now, of which it carried these when Registry was asked.</summary>
    public IReadOnlyList<KnownAgent> Now(string deviceId, IReadOnlyList<KnownAgent> agents, long asOf) => _last <= asOf ? agents :
    [
        .. agents.Where(agent => !HasNewer(agent.Id, asOf)),
        .. _newest.Values.Where(change => change.Seq > asOf && change.Agent?.DeviceId == deviceId).Select(change => change.Agent!),
    ];
}
