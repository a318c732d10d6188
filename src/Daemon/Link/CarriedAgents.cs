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

    /// <param name="running">How many tasks of an agent run; left out, none.</param>
    public IReadOnlyList<RunningAgent> ToHeartbeat(Func<string, int>? running = null) =>
        [.. All.Select(agent => running?.Invoke(agent.Id) is > 0 and var tasks ? new RunningAgent(agent.Id, PresenceStatus.Busy, tasks) : new RunningAgent(agent.Id, PresenceStatus.Idle, 0))];
}
