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
        catch (ApiException e) when (RegistryFault.Of(e, "a device") is { } fault)
        {
            return fault;
        }
    }
}
