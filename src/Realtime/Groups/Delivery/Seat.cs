using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>A connection, and the groups that are sent to it.</summary>
/// <param name="receipts">Where its dialect has no acknowledgements.</param>
internal sealed class Seat(Connection connection, Receipts? receipts)
{
    private const int MostAsked = 1_000;

    private readonly Dictionary<string, Reader> _readers = [];
    private readonly Dictionary<string, Asked> _asked = [];
    private bool _left, _isReady;

    public Connection Connection => connection;

    public Receipts? Receipts => receipts;

    /// <summary>The mentions that waited for it have been sent.</summary>
    public bool IsGreeted { get; set; }

    /// <summary>Groups that it asked to be shown without being a member, and those that it waits to be told of.</summary>
    public IReadOnlyList<string> AskedGroups
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked.Keys];
            }
        }
    }

    /// <summary>False: it asks for too many.</summary>
    public bool Ask(string groupId, Asked asked)
    {
        lock (_asked)
        {
            if (_asked.Count >= MostAsked)
            {
                return false;
            }

            _asked[groupId] = asked;
            return true;
        }
    }

    public void Unask(string groupId)
    {
        lock (_asked)
        {
            _asked.Remove(groupId);
        }
    }

    /// <summary>From now on these and no others.</summary>
    public void Take(IReadOnlyList<Place> places, Rooms rooms)
    {
        lock (_readers)
        {
            if (_left)
            {
                return;
            }

            List<string> left = [.. _readers.Keys.Except(places.Select(place => place.GroupId))];
            var isOther = !_isReady || left.Count > 0 || places.Any(place => !_readers.ContainsKey(place.GroupId));
            foreach (var gone in left)
            {
                rooms.Leave(gone, connection);
                _readers.Remove(gone);
            }

            foreach (var place in places)
            {
                Take(place, rooms);
            }

            if (isOther && connection.Peer is PersonPeer)
            {
                connection.Send(new GroupReady(_readers.Count));
            }

            _isReady = true;
        }
    }

    /// <summary>Null where the group is not sent to it.</summary>
    public Reader? ReaderOf(string groupId)
    {
        lock (_readers)
        {
            return _readers.GetValueOrDefault(groupId);
        }
    }

    public void Leave(Rooms rooms)
    {
        lock (_readers)
        {
            _left = true;
            foreach (var group in _readers.Keys)
            {
                rooms.Leave(group, connection);
            }

            _readers.Clear();
        }
    }

    private void Take(Place place, Rooms rooms)
    {
        Asked? asked;
        lock (_asked)
        {
            asked = _asked.GetValueOrDefault(place.GroupId);
            if (asked is not null && connection.Peer is PersonPeer)
            {
                // Shown for as long as it is connected, and told once.
                _asked[place.GroupId] = new(null);
            }
            else
            {
                _asked.Remove(place.GroupId);
            }
        }

        var begins = asked?.After is { } after ? Math.Min(after, place.LastSeq) : place.ReadSeq;
        var known = _readers.GetValueOrDefault(place.GroupId);
        if (asked?.Ref is not null || asked?.After is not null)
        {
            connection.Send(new GroupJoined(place.GroupId, place.Name, place.LastSeq, begins, asked.AgentId, asked.Ref));
        }

        if (known is null || asked?.After is not null)
        {
            var reader = new Reader(connection, begins, place.LastSeq) { Keys = place.Keys, Receipts = receipts };
            _readers[place.GroupId] = reader;
            rooms.Enter(place.GroupId, place.LastSeq, reader);
        }
        else
        {
            rooms.Find(place.GroupId)?.Rekey(connection, place.Keys);
        }
    }
}

/// <summary>What a frame asked for.</summary>
/// <param name="Ref">Its id, until it is answered.</param>
internal sealed record Asked(string? Ref, long? After = null, string? AgentId = null);

/// <summary>A group that a connection is to be sent.</summary>
internal sealed record Place(string GroupId, string Name, long ReadSeq, long LastSeq, IReadOnlyList<string> Keys);
