using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.Realtime.Metrics;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Handlers;

/// <summary>An agent's state, said at once and not with the next heartbeat; what it uses becomes a figure.</summary>
internal sealed class AgentStatusHandler(Roster roster, PresenceBook presence, MetricForwarder metrics, TimeProvider time) : IHandler<AgentStatusPayload>
{
    public ValueTask<Fault?> HandleAsync(Connection from, AgentStatusPayload message, CancellationToken cancellationToken)
    {
        var fault = OwnAgents.FaultOf(from, message.AgentId, roster) ?? AgentStates.FaultOf(message.Status, message.Running);
        if (fault is null)
        {
            presence.Say(from, message.AgentId, AgentStates.Of(message.Status, message.Running), message.Running ?? 0);
            metrics.Put([.. PointsOf(message)]);
        }

        return new(fault);
    }

    private IEnumerable<MetricPoint> PointsOf(AgentStatusPayload message)
    {
        var device = roster.Find(message.AgentId)?.DeviceId ?? "";
        if (message.Cpu is { } cpu && double.IsFinite(cpu))
        {
            yield return new(device, message.AgentId, "agent.cpu", cpu, time.GetUtcNow());
        }

        if (message.Memory is { } memory)
        {
            yield return new(device, message.AgentId, "agent.memory", memory, time.GetUtcNow());
        }
    }
}
