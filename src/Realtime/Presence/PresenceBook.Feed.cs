using Agents.Contracts.Registry;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Presence;

/// <summary>What the book is told by Registry's feed.</summary>
internal sealed partial class PresenceBook
{
    /// <summary>The feed tells that an agent was made, changed or moved.</summary>
    /// <returns>The devices whose list it changed.</returns>
    public IReadOnlyList<string> Saved(long seq, KnownAgent agent)
    {
        lock (_gate)
        {
            _recent.Add(seq, agent.Id, agent);
            return Place(agent);
        }
    }

    /// <summary>Somebody made it and says so before the feed does.</summary>
    /// <param name="asOf">The feed's number before Registry was asked: what the feed has said of it since is newer.</param>
    public IReadOnlyList<string> SavedAsOf(long asOf, KnownAgent agent)
    {
        lock (_gate)
        {
            return _recent.HasNewer(agent.Id, asOf) ? [] : Place(agent);
        }
    }

    /// <summary>Deleted: gone at once. Registry knows.</summary>
    /// <returns>The device whose list it changed.</returns>
    public string? Deleted(long seq, string agentId)
    {
        var key = (PresenceKind.Agent, agentId);
        lock (_gate)
        {
            _recent.Add(seq, agentId, null);
            if (_entries.Remove(key) && roster.Find(agentId) is { } agent)
            {
                _changes[key] = new(agent, PresenceStatus.Offline, 0, Appeared: false);
            }

            _unreported.Remove(key);
            return roster.Deleted(agentId);
        }
    }

    /// <summary>Changes up to this number were never read.</summary>
    public void Missed(long upTo)
    {
        lock (_gate)
        {
            _recent.LostUpTo(upTo);
        }
    }

    /// <summary>Too much has changed since Registry was asked who it is: nobody can tell what of it still holds.</summary>
    public bool IsOutdated(Peer peer)
    {
        lock (_gate)
        {
            return peer is not PersonPeer && !_recent.Reaches(peer.AsOf);
        }
    }
}
