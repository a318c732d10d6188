using System.Net;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Refit;

namespace Agents.Realtime.Handlers;

/// <summary>A device announces an agent of its own; the answer is its new <c>agent/list</c>.</summary>
internal sealed class AgentRegisterHandler(IRegistryInternal registry, RegistryFeed feed) : IHandler<RegisterAgentRequest>
{
    public async ValueTask<Fault?> HandleAsync(Connection from, RegisterAgentRequest message, CancellationToken cancellationToken)
    {
        if (from.Peer is not DevicePeer device)
        {
            return new(ErrorCode.NotAllowed, "Only a device registers agents this way.");
        }

        try
        {
            var asOf = await feed.LastAsync(cancellationToken);
            feed.Save(asOf, await registry.RegisterAgentAsync(device.Id, message, cancellationToken));
            return null;
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Conflict)
        {
            from.Tell(FaultKind.NotItsOwn, message.Id);
            return new(ErrorCode.Clash, $"{message.Id} is the id of an agent that is not this device's, or the device has as many agents as it may.");
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return new(ErrorCode.NotFound, "This device is not enrolled any more.");
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.BadRequest)
        {
            return new(ErrorCode.Invalid, "This can't be said of an agent.");
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.TooManyRequests)
        {
            return new(ErrorCode.TooMany, "So many changes at once are too many. Send it again in a second.");
        }
    }
}
