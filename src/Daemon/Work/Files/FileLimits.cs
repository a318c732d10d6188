namespace Agents.Daemon.Work.Files;

/// <summary>How many files of a task are kept, and how large they may be.</summary>
internal sealed record FileLimits
{
    public int Count { get; init; } = 200;

    /// <summary>Bytes; the server takes no larger one.</summary>
    public long Each { get; init; } = 100L << 20;

    public long Together { get; init; } = 500L << 20;

    /// <summary>All that waits on the device for a server that is away.</summary>
    public long Waiting { get; init; } = 5L << 30;

    /// <summary>How many of those that are not kept are named.</summary>
    public int Named { get; init; } = 50;
}

internal static class ArtifactPath
{
    /// <summary>As the server has it.</summary>
    public const int MaxLength = 1024;
}
