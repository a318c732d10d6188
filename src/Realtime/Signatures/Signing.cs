using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;
using Agents.Realtime.Dialects;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Signatures;

/// <summary>Who signs something, and what it is about.</summary>
/// <param name="DeviceId">Null where who speaks has no device, and so no key.</param>
/// <param name="Keys">The newest last; it signs with that one.</param>
/// <param name="Target">The group, or the agent that is announced.</param>
internal sealed record Signing(string? DeviceId, IReadOnlyList<DeviceKey> Keys, string Target, string Address = "", string RequestId = "")
{
    public static Signing Of(Connection from, object message)
    {
        var target = message switch
        {
            GroupSay said => said.GroupId,
            RegisterAgentRequest agent => agent.Id,
            RegisterFlat flat => flat.Agent.Id,
            _ => "",
        };
        return from.Peer.Signer is { } device ? new(device.Id, device.Keys, target) : new(null, [], target);
    }
}
