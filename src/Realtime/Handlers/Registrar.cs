using System.Net;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Refit;

namespace Agents.Realtime.Handlers;

/// <summary>A device's agent is made at Registry, or brought up to date, whichever dialect says so.</summary>
internal sealed class Registrar(IRegistryInternal registry, RegistryFeed feed)
{
    public async Task<Registration> RegisterAsync(Connection from, string deviceId, RegisterAgentRequest agent, CancellationToken cancellationToken)
    {
        try
        {
            var asOf = await feed.LastAsync(cancellationToken);
            var known = await registry.RegisterAgentAsync(deviceId, agent, cancellationToken);
            feed.Save(asOf, known);
            return new(known, asOf);
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Conflict)
        {
            from.Tell(FaultKind.NotItsOwn, agent.Id);
            return new(null, 0, new(ErrorCode.Clash, $"{agent.Id} is the id of an agent that is not this device's, or the device has as many agents as it may."));
        }
        catch (ApiException e) when (RegistryFault.Of(e, "an agent") is { } fault)
        {
            return new(null, 0, fault);
        }
    }
}

/// <param name="AsOf">The feed's number before Registry was asked.</param>
internal sealed record Registration(KnownAgent? Agent, long AsOf, Fault? Fault = null);
