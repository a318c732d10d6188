using Agents.Contracts.Registry;

namespace Agents.Registry.Presence;

/// <summary>What is true now of those that were heard of.</summary>
internal sealed class PresenceNow
{
    public required string Id { get; init; }

    public required string? Status { get; init; }

    public required int? Running { get; init; }

    public required DateTimeOffset? LastSeen { get; init; }

    public required short? Cpu { get; init; }

    public required short? Memory { get; init; }

    public required short? Disk { get; init; }
}

internal static class Presences
{
    /// <summary>One row for each that was ever heard of: who isn't among them is offline.</summary>
    /// <param name="silentBefore">From <see cref="Silence"/>: what a process said that hasn't reported since holds no longer.</param>
    public static IQueryable<PresenceNow> Of(this RegistryDb db, PresenceKind kind, DateTimeOffset silentBefore) =>
        from p in db.Presence
        where p.Kind == kind
        let holds = db.RealtimeInstances.Any(i => i.Id == p.Instance && i.SeenAt >= silentBefore)
        select new PresenceNow
        {
            Id = p.Id,
            Status = holds ? p.Status : PresenceStatus.Offline,
            Running = holds ? p.Running : 0,
            LastSeen = p.LastSeen,
            Cpu = p.Cpu,
            Memory = p.Memory,
            Disk = p.Disk,
        };
}
