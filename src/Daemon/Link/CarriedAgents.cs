using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Daemon.State;

namespace Agents.Daemon.Link;

/// <summary>The agents that live on this device, as the server last said, and what each of them does just now.</summary>
internal sealed class CarriedAgents
{
    private IReadOnlyList<CarriedAgent> _agents = [];

    public IReadOnlyList<CarriedAgent> All => Volatile.Read(ref _agents);

    public void Replace(IEnumerable<CarriedAgent> agents) => Volatile.Write(ref _agents, [.. agents]);

    public IReadOnlyList<RunningAgent> ToHeartbeat() => [.. All.Select(agent => new RunningAgent(agent.Id, PresenceStatus.Idle, 0))];
}
