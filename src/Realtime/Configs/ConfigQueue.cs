using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Agents.Realtime.Work;

namespace Agents.Realtime.Configs;

/// <summary>
/// Agents of those connected here whose devices are to be told what they are. Each waits once, however often it changes: so there
/// are never more than there are agents here.
/// </summary>
internal sealed class ConfigQueue(Roster roster, Connections connections)
{
    private readonly WaitingSet<string> _waiting = new();

    public void Joined(Connection connection) => Put(AgentsOf(connection));

    public void Changed(string agentId)
    {
        if (HoldersOf(agentId).Any())
        {
            Put([agentId]);
        }
    }

    public void ChangedAll(Func<string?, bool> ofPost)
    {
        foreach (var connection in connections.All)
        {
            Put(AgentsOf(connection).Where(id => ofPost(roster.Find(id)?.PostId)));
        }
    }

    public void Put(IEnumerable<string> agents) => _waiting.Put(agents);

    public Task<IReadOnlyList<string>> TakeAsync(int most, CancellationToken cancellationToken) => _waiting.TakeAsync(most, cancellationToken);

    /// <summary>Its device, and its own process where it is one.</summary>
    public IEnumerable<Connection> HoldersOf(string agentId)
    {
        var device = roster.Find(agentId)?.DeviceId is { } id ? connections.Find(DevicePeer.KeyOf(id)) : null;
        return new[] { device, connections.Find(AgentPeer.KeyOf(agentId)) }.OfType<Connection>().Where(holder => Holders.TakesTasks(holder.Peer));
    }

    private IEnumerable<string> AgentsOf(Connection connection) => connection.Peer switch
    {
        DevicePeer { TakesTasks: true } device => roster.CarriedBy(device.Id).Select(agent => agent.Id),
        AgentPeer agent => [agent.Agent.Id],
        _ => [],
    };
}
