using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Handlers;

/// <summary>A device announces an agent of its own; the answer is its new <c>agent/list</c>.</summary>
internal sealed class AgentRegisterHandler(Registrar registrar) : IHandler<RegisterAgentRequest>
{
    public async ValueTask<Fault?> HandleAsync(Connection from, RegisterAgentRequest message, CancellationToken cancellationToken) =>
        from.Peer is DevicePeer device
            ? (await registrar.RegisterAsync(from, device.Id, message, cancellationToken)).Fault
            : new(ErrorCode.NotAllowed, "Only a device registers agents this way.");
}
