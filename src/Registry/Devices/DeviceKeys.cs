using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Devices;

internal static class DeviceKeys
{
    /// <summary>From now on the device signs with this key, or with none. The row of its former key ends, where it is another; it stays.</summary>
    public static async Task SignsWithAsync(this RegistryDb db, Device device, byte[]? subjectPublicKeyInfo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"UPDATE device_keys SET signs_until = {now} WHERE device_id = {device.Id} AND signs_until IS NULL AND key_id IS DISTINCT FROM {device.KeyId}",
            cancellationToken);
        if (subjectPublicKeyInfo is not null)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO device_keys (device_id, key_id, subject_public_key_info, signs_from) VALUES ({device.Id}, {device.KeyId}, {subjectPublicKeyInfo}, {now})
                ON CONFLICT (device_id) WHERE signs_until IS NULL DO NOTHING
                """,
                cancellationToken);
        }
    }
}
