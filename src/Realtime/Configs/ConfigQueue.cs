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
    private readonly Lock _gate = new();
    private readonly HashSet<string> _waiting = [];
    private readonly SemaphoreSlim _some = new(0, 1);

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

    public void Put(IEnumerable<string> agents)
    {
        lock (_gate)
        {
            _waiting.UnionWith(agents);
            if (_waiting.Count > 0 && _some.CurrentCount == 0)
            {
                _some.Release();
            }
        }
    }

    public async Task<IReadOnlyList<string>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        await _some.WaitAsync(cancellationToken);
        lock (_gate)
        {
            List<string> taken = [.. _waiting.Take(most)];
            _waiting.ExceptWith(taken);
            if (_waiting.Count > 0)
            {
                _some.Release();
            }

            return taken;
        }
    }

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
