using Agents.Contracts;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Handlers;

/// <summary>Whose agents a peer may speak of: a device of those it carries, an agent of itself.</summary>
internal static class OwnAgents
{
    public static Fault? FaultOf(Connection from, string agentId, Roster roster)
    {
        // Neither the log nor an answer repeats what may be anything of any length.
        if (!Ids.IsValid(agentId))
        {
            return new(ErrorCode.Invalid, "agent_id must be 1 to 128 of A-Z a-z 0-9 . _ -");
        }

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
