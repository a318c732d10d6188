using Agents.Registry.Devices;
using Agents.ServiceDefaults.Devices;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Agents;

/// <summary>Whether a device itself has sent a message, now, and once.</summary>
internal sealed class MessageSignatures(RegistryDb db, TimeProvider time)
{
    public async Task<bool> AcceptAsync(Device device, MessageSignature message, CancellationToken cancellationToken)
    {
        if (device.KeyId is null)
        {
            return true;
        }

        var stored = await db.DeviceKeys.AsNoTracking().SingleAsync(k => k.DeviceId == device.Id && k.SignsUntil == null, cancellationToken);
        using var key = stored.Open();
        return message.FlawAt(time.GetUtcNow(), key) is null && await RememberAsync(device.Id, message.Id, cancellationToken);
    }

    /// <summary>False where one with this id was seen before.</summary>
    public async Task<bool> RememberAsync(string deviceId, string messageId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO seen_messages (device_id, id, at) VALUES ({deviceId}, {messageId}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING",
            cancellationToken) == 1;
}
