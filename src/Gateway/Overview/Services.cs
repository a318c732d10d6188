namespace Agents.Gateway.Overview;

/// <summary>The parts of the app by name, as people are shown them.</summary>
internal static class Services
{
    public const string Gateway = "gateway";

    /// <summary>The client for asking a service about itself.</summary>
    public const string Client = "about";

    public static IReadOnlyList<string> Behind { get; } = ["identity", "registry", "posts", "scheduler", "realtime"];
}
