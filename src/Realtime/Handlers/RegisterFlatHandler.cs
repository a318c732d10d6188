using Agents.Contracts;
using Agents.Realtime.Dialects;
using Agents.Realtime.Hub;
using Agents.Realtime.Sockets;
using Agents.Realtime.Work;

namespace Agents.Realtime.Handlers;

/// <summary>A newcomer says which agent it is; later, the agent says what is otherwise with it. One connection is one agent.</summary>
internal sealed class RegisterFlatHandler(Registrar registrar, Handshakes handshakes, Welcome welcome, WordPipe words) : IHandler<RegisterFlat>
{
    public ValueTask<Fault?> HandleAsync(Connection from, RegisterFlat message, CancellationToken cancellationToken) => from.Peer switch
    {
        NewcomerPeer newcomer => NameAsync(from, newcomer, message.Agent, cancellationToken),
        AgentPeer peer when peer.Agent.Id != message.Agent.Id => new(new Fault(ErrorCode.Clash, $"This connection is {peer.Agent.Id}: open another one for another agent.")),
        AgentPeer peer => ChangeAsync(from, peer, message.Agent, cancellationToken),
        _ => new(new Fault(ErrorCode.NotAllowed, "Only an agent registers this way.")),
    };

    private async ValueTask<Fault?> NameAsync(Connection from, NewcomerPeer newcomer, FlatAgentIn agent, CancellationToken cancellationToken)
    {
        try
        {
            var peer = (AgentPeer)await handshakes.DoAsync(token => RegisteredAsync(from, newcomer.Device, agent, token), cancellationToken);
            await welcome.NameAsync(from, peer, cancellationToken);
            return null;
        }
        catch (RefusedException e)
        {
            return new(e.Refusal.Code, e.Refusal.Message);
        }
    }

    private async Task<Peer> RegisteredAsync(Connection from, DevicePeer device, FlatAgentIn agent, CancellationToken cancellationToken)
    {
        var registered = await registrar.RegisterAsync(from, device.Id, agent.ToRequest(), cancellationToken);
        return registered.Agent is { } known
            ? new AgentPeer(known, device) { AsOf = registered.AsOf, IsFlat = true, TakesTasks = agent.TakesTasks }
            : throw new RefusedException(new(registered.Fault!.Code, registered.Fault.Text));
    }

    /// <summary>What an agent is its device says; one that came with its own token says only whether it takes tasks.</summary>
    private async ValueTask<Fault?> ChangeAsync(Connection from, AgentPeer peer, FlatAgentIn agent, CancellationToken cancellationToken)
    {
        if (peer.Device is { } device && (await registrar.RegisterAsync(from, device.Id, agent.ToRequest(), cancellationToken)).Fault is { } fault)
        {
            return fault;
        }

        if (peer.TakesTasks != agent.TakesTasks)
        {
            peer.TakesTasks = agent.TakesTasks;
            words.Joined(from);
        }

        return null;
    }
}
