namespace Agents.Daemon.Config;

/// <summary>What config.yaml may say; everything has a default.</summary>
internal sealed record DaemonConfig
{
    public static readonly TimeSpan DefaultCollectInterval = TimeSpan.FromSeconds(30);

    public ServerAddress? Server { get; init; }

    /// <summary>How the server proves who it is.</summary>
    public ServerTrust Trust { get; init; } = new();

    public string? DeviceId { get; init; }

    /// <summary>How often the machine's figures are read and sent.</summary>
    public TimeSpan CollectInterval { get; init; } = DefaultCollectInterval;

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>How many tasks this device takes at once, all agents together; null leaves it to the server.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Whether the limits of tasks are the kernel's where it lets us (cgroups); else they are watched.</summary>
    public bool Cgroups { get; init; } = true;

    /// <summary>What was found but means nothing here, each with its line.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
