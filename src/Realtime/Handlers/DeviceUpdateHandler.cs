using System.Net;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Refit;

namespace Agents.Realtime.Handlers;

/// <summary>What a device says of itself goes to Registry.</summary>
internal sealed class DeviceUpdateHandler(IRegistryInternal registry) : IHandler<DeviceUpdate>
{
    public async ValueTask<Fault?> HandleAsync(Connection from, DeviceUpdate message, CancellationToken cancellationToken)
    {
        if (from.Peer is not DevicePeer device)
        {
            return new(ErrorCode.NotAllowed, "Only a device speaks of itself.");
        }

        try
        {
            await registry.UpdateDeviceAsync(device.Id, message, cancellationToken);
            return null;
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return new(ErrorCode.NotFound, "This device is not enrolled any more.");
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.BadRequest)
        {
            return new(ErrorCode.Invalid, "This can't be said of a device.");
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.TooManyRequests)
        {
            return new(ErrorCode.TooMany, "So many changes at once are too many. Send it again in a second.");
        }
    }
}
