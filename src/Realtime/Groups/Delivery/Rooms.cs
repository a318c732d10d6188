using Agents.Realtime.Groups.Log;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>The groups that somebody who is connected here reads.</summary>
internal sealed class Rooms(LogReader log, IHostApplicationLifetime life, ILogger<Room> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Room> _rooms = [];

    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_gate)
            {
                return [.. _rooms.Keys];
            }
        }
    }

    public void Enter(string groupId, long lastSeq, Reader reader)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(groupId, out var room))
            {
                _rooms[groupId] = room = new(groupId, log.PageAsync, lastSeq, life.ApplicationStopping, logger);
                room.Add(reader);
                // What was stored after the number was read, and before anybody listened.
                room.Heard(null);
                return;
            }

            room.Add(reader);
            room.Heard(lastSeq);
        }
    }

    public void Leave(string groupId, Connection connection)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(groupId, out var room))
            {
                room.Remove(connection);
                if (room.IsEmpty)
                {
                    _rooms.Remove(groupId);
                }
            }
        }
    }

    public Room? Find(string groupId)
    {
        lock (_gate)
        {
            return _rooms.GetValueOrDefault(groupId);
        }
    }

    /// <summary>What was just stored here.</summary>
    public void Told(IReadOnlyList<LogEntry> added)
    {
        foreach (var group in added.GroupBy(entry => entry.GroupId))
        {
            Find(group.Key)?.Told([.. group.Select(entry => entry.ToWire())]);
        }
    }

    /// <summary>Where words may have been missed.</summary>
    public void LookAll()
    {
        foreach (var id in Ids)
        {
            Find(id)?.Heard(null);
        }
    }
}
