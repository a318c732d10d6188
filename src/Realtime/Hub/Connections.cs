using System.Collections.Concurrent;
using Agents.Contracts.Realtime;

namespace Agents.Realtime.Hub;

/// <summary>Who is connected to this process, each once.</summary>
internal sealed class Connections
{
    private readonly ConcurrentDictionary<string, Connection> _byKey = new();

    /// <summary>Those too whose place was taken and that have not ended yet.</summary>
    private readonly ConcurrentDictionary<string, Connection> _open = new();

    private readonly Guests _guests = new();

    /// <summary>Raised for each that came, so that other processes can be told.</summary>
    public event Action<Connection>? Added;

    public IEnumerable<Connection> All => _open.Select(entry => entry.Value);

    /// <summary>Those that came with this peer's token and are not the peer: a device's agents.</summary>
    public IReadOnlyList<Connection> GuestsOf(string key) => _guests.Of(key);

    public Connection? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>How many the person has beside this one, which would take the place of its like.</summary>
    public int OthersOf(PersonPeer person) =>
        _byKey.Count(entry => entry.Value.Peer is PersonPeer other && other.Claims.Sub == person.Claims.Sub && entry.Key != person.Key);

    /// <summary>It is there, and takes nobody's place: it has not said yet who it is.</summary>
    public void Open(Connection connection)
    {
        _open[connection.Id] = connection;
        _guests.Add(connection);
    }

    /// <summary>The newest of a peer's connections counts; the one before is closed.</summary>
    public void Add(Connection connection)
    {
        Connection? former = null;
        Open(connection);
        _byKey.AddOrUpdate(connection.Peer.Key, connection, (_, old) =>
        {
            former = old;
            return connection;
        });
        former?.Close(CloseCode.Replaced, "replaced by a newer connection");
        Added?.Invoke(connection);
    }

    public void Remove(Connection connection)
    {
        _open.TryRemove(connection.Id, out _);
        _guests.Remove(connection);
        _byKey.TryRemove(new(connection.Peer.Key, connection));
    }
}
