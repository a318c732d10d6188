namespace Agents.Realtime.Hub;

/// <summary>Connections that came with the token of somebody else, by whose it is: a device's agents. Of all others nothing is kept.</summary>
internal sealed class Guests
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<Connection>> _of = [];

    public void Add(Connection connection)
    {
        if (IsOne(connection.Peer))
        {
            lock (_gate)
            {
                (_of.TryGetValue(connection.Peer.Credential, out var there) ? there : _of[connection.Peer.Credential] = []).Add(connection);
            }
        }
    }

    public void Remove(Connection connection)
    {
        if (IsOne(connection.Peer))
        {
            lock (_gate)
            {
                if (_of.TryGetValue(connection.Peer.Credential, out var there) && there.Remove(connection) && there.Count == 0)
                {
                    _of.Remove(connection.Peer.Credential);
                }
            }
        }
    }

    public IReadOnlyList<Connection> Of(string key)
    {
        lock (_gate)
        {
            return _of.TryGetValue(key, out var there) ? [.. there] : [];
        }
    }

    private static bool IsOne(Peer peer) => peer is NewcomerPeer or AgentPeer { Device: not null };
}
