using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Devices;

/// <summary>Devices as the other services know them, found by their token.</summary>
internal sealed class KnownDevices(RegistryDb db) : IDeviceTokens
{
    public async ValueTask<KnownDevice?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Opaque.Hash(token);
        if (await db.Devices.AsNoTracking().SingleOrDefaultAsync(d => d.TokenHash == hash, cancellationToken) is not { } device)
        {
            return null;
        }

        // A device that was enrolled again without a key has none, whatever it had before.
        var keys = device.KeyId is null
            ? []
            : await db.DeviceKeys.AsNoTracking().Where(k => k.DeviceId == device.Id).OrderBy(k => k.SignsFrom).ToListAsync(cancellationToken);
        var agents = await db.Agents.AsNoTracking().Where(a => a.DeviceId == device.Id).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        return new(
            device.Id, device.Owner, device.Concurrency, device.Draining, device.TokenVersion, [.. keys.Select(k => k.ToWire())], [.. agents.Select(a => a.ToKnown())]);
    }
}
