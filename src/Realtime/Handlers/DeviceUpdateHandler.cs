using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;

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

        await registry.UpdateDeviceAsync(device.Id, message, cancellationToken);
        return null;
    }
}
