using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Agents;

/// <summary>How many agents a device carries: so many that what tells of all of them at once, a greeting or a heartbeat, fits into one frame.</summary>
internal static class DeviceRoom
{
    public const int MostAgents = 200;

    public const string Full = "the device carries 200 agents, and may carry no more";

    /// <summary>Within a transaction: until its end nobody else takes the place. Only for an agent that is not the device's already.</summary>
    public static async Task<bool> HasRoomAsync(this RegistryDb db, string deviceId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM devices WHERE id = {deviceId} FOR NO KEY UPDATE", cancellationToken);
        return await db.Agents.CountAsync(agent => agent.DeviceId == deviceId, cancellationToken) < MostAgents;
    }
}
