namespace Agents.Contracts.Registry;

public static class PresenceStatus
{
    public const string Online = "online";
    public const string Busy = "busy";
    public const string Idle = "idle";
    public const string Offline = "offline";
}

public enum PresenceKind
{
    Device,
    Agent,
}

/// <summary>
/// What one Realtime process knows of those that are connected to it. It sends one at least every
/// <see cref="Beat"/>, also an empty one: a process that falls silent for <see cref="SilentAfter"/> has died, and what it
/// held is offline unless another has it.
/// </summary>
/// <param name="Instance">New with each process.</param>
public sealed record PresenceReport(string Instance, IReadOnlyList<PresenceEntry> Entries)
{
    public const int MaxEntries = 5_000;

    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(7);
}

/// <summary>Offline counts only from the process that has it: a late word from the former one changes nothing.</summary>
/// <param name="Load">Of a device that has measured itself.</param>
public sealed record PresenceEntry(PresenceKind Kind, string Id, string Status, int Running, DateTimeOffset LastSeen, DeviceLoad? Load = null);

/// <summary>How much of a machine is in use: 0.25 is a quarter. Null is what it does not measure.</summary>
/// <param name="Disk">Of its fullest one.</param>
public sealed record DeviceLoad(double? Cpu, double? Memory, double? Disk);
