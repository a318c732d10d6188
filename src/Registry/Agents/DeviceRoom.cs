using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Agents;

/// <summary>How many agents a device carries: so many that what tells of all of them at once, a greeting or a heartbeat, fits into one frame.</summary>
internal static class DeviceRoom
{
    public const int MostAgents = 200;

    public const string Full = "the device carries 200 agents, and may carry no more";

    /// <summary>Within a transaction: until its end nobody else takes the place. Only for an agent that is not the device's already.</summary>
    public static async Task<bool> HasRoomAsync(this RegistryDb db, string deviceId, CancellationToken cancellationToken) =>
        (await db.RoomAsync([deviceId], cancellationToken)).GetValueOrDefault(deviceId, MostAgents) > 0;

    /// <summary>How many more each carries, as long as the transaction lasts; who is gone is not among them. Locked in the order of their ids.</summary>
    public static async Task<Dictionary<string, int>> RoomAsync(this RegistryDb db, IEnumerable<string> devices, CancellationToken cancellationToken)
    {
        string[] ids = [.. devices.Distinct()];
        var there = await db.Database.SqlQuery<string>($"SELECT id FROM devices WHERE id = ANY ({ids}) ORDER BY id FOR NO KEY UPDATE").ToListAsync(cancellationToken);
        var agents = await db.Agents.Where(agent => agent.DeviceId != null && ids.Contains(agent.DeviceId))
            .GroupBy(agent => agent.DeviceId!)
            .Select(of => new { Device = of.Key, Agents = of.Count() })
            .ToDictionaryAsync(of => of.Device, of => of.Agents, cancellationToken);
        return there.ToDictionary(id => id, id => Math.Max(0, MostAgents - agents.GetValueOrDefault(id)));
    }
}
