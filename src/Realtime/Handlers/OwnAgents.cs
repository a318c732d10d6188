using Agents.Contracts;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Handlers;

/// <summary>Whose agents a peer may speak of: a device of those it carries, an agent of itself.</summary>
internal static class OwnAgents
{
    public static Fault? FaultOf(Connection from, string agentId, Roster roster)
    {
        var its = from.Peer switch
        {
            DevicePeer device => roster.Carries(device.Id, agentId),
            AgentPeer agent => agent.Agent.Id == agentId,
            _ => false,
        };
        if (its)
        {
            return null;
        }

        from.Tell(FaultKind.NotItsOwn, agentId);
        return new(ErrorCode.NotAllowed, $"{agentId} is not an agent of this connection.");
    }
}
