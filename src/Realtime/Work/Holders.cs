using System.Collections.Concurrent;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Work;

/// <summary>What has to be remembered of those who take tasks: only of those that have had something to do.</summary>
internal sealed class Holders(Connections connections, HubOptions options)
{
    private readonly ConcurrentDictionary<string, Holder> _busy = new();

    /// <summary>It may be given work.</summary>
    public static bool TakesTasks(Peer peer) => peer is AgentPeer { TakesTasks: true } or DevicePeer { TakesTasks: true };

    /// <summary>It has words for work, and may still have some that it took when it took any.</summary>
    public static bool SpeaksOfTasks(Peer peer) => peer is AgentPeer or DevicePeer { TakesTasks: true };

    public void HasWork(Connection connection) => Of(connection);

    /// <summary>From now on its lease holds for what it names alone.</summary>
    public void NamesItsWork(Connection connection) => Of(connection).NamesItsWork = true;

    public void Left(Connection connection)
    {
        if (_busy.TryGetValue(connection.Peer.Key, out var holder) && holder.Connection == connection)
        {
            _busy.TryRemove(new(connection.Peer.Key, holder));
        }
    }

    /// <summary>Those who never say what they work on, and live: it is said for them.</summary>
    public IEnumerable<Connection> Silent() => _busy.Values
        .Where(holder => !holder.NamesItsWork && !holder.Connection.IsClosing && holder.Connection.SilentFor <= options.SilentAfter)
        .Select(holder => holder.Connection);

    public IEnumerable<Connection> All => connections.All.Where(connection => connection.Peer is DevicePeer or AgentPeer && connections.Find(connection.Peer.Key) == connection);

    private Holder Of(Connection connection) => _busy.AddOrUpdate(
        connection.Peer.Key, _ => new(connection), (_, known) => known.Connection == connection ? known : new(connection));

    private sealed class Holder(Connection connection)
    {
        public Connection Connection => connection;

        public bool NamesItsWork { get; set; }
    }
}
