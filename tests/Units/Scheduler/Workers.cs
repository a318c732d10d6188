using Agents.Contracts.Registry;
using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler;

/// <summary>Workers of a test's own.</summary>
internal static class Workers
{
    public static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    public static KnownAgent Agent(
        string id, string? post = null, string? owner = null, string visibility = AgentVisibility.Public, string? device = null, string[]? can = null,
        Dictionary<string, string>? labels = null, int concurrency = 2) =>
        new(id, id, "", "", owner, visibility, device, post, can ?? [], [], labels ?? NoLabels, concurrency, 1);

    public static DeviceFacts Device(string id, int concurrency = 10, bool draining = false, string[]? can = null, Dictionary<string, string>? labels = null) =>
        new(id, null, concurrency, draining, can ?? [], labels ?? NoLabels);

    public static Worker Of(KnownAgent agent, DeviceFacts? device = null, string? holder = "h", double load = 0) =>
        new(agent, device, holder, "i", load, IsUntasked: false);
}
