using Agents.Contracts;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Groups;

/// <summary>For whom a connection speaks in groups.</summary>
/// <param name="Key">See <see cref="MemberKey"/>.</param>
internal sealed record Speaker(string Key, string Name)
{
    /// <param name="agentId">Of a device, which of its agents; left out where it has one only.</param>
    public static (Speaker? Speaker, Fault? Fault) Of(Connection from, string? agentId, Roster roster) => from.Peer switch
    {
        DevicePeer device => OfDevice(device, agentId, roster),
        AgentPeer agent when agentId is not null && agentId != agent.Agent.Id => (null, NotItsOwn(agentId)),
        AgentPeer agent => (new(MemberKey.OfAgent(agent.Agent.Id), roster.Find(agent.Agent.Id)?.Name ?? agent.Agent.Name), null),
        PersonPeer person when person.Claims.Roles is [Roles.Viewer] => (null, new(ErrorCode.NotAllowed, "Viewers read, and say nothing.")),
        PersonPeer person => (new(MemberKey.OfUser(person.Claims.Sub), person.Claims.Name), null),
        _ => (null, new(ErrorCode.NotAllowed, "Nobody speaks here.")),
    };

    private static (Speaker?, Fault?) OfDevice(DevicePeer device, string? agentId, Roster roster)
    {
        var carried = roster.CarriedBy(device.Id);
        if (agentId is null)
        {
            return carried is [var only]
                ? (new(MemberKey.OfAgent(only.Id), only.Name), null)
                : (null, new(ErrorCode.Invalid, "payload.agent_id is required: this device carries several agents, or none."));
        }

        return carried.FirstOrDefault(agent => agent.Id == agentId) is { } one ? (new(MemberKey.OfAgent(one.Id), one.Name), null) : (null, NotItsOwn(agentId));
    }

    private static Fault NotItsOwn(string agentId) => new(ErrorCode.NotAllowed, $"{agentId} is not an agent of this connection.");
}
