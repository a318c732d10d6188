using Agents.Contracts.Realtime;
using Agents.Daemon.Link;

namespace Agents.Daemon.Machine;

/// <summary>What each agent uses. Nothing runs yet, so it is nothing; whoever runs agents reports it here.</summary>
internal sealed class AgentGauge(CarriedAgents agents) : IGauge
{
    private static readonly string[] Names = ["agent.cpu", "agent.memory", "agent.running"];

    public IEnumerable<MetricValue> Read() =>
        from agent in agents.All
        from name in Names
        select Points.Of(name, 0, "agent_id", agent.Id);
}
