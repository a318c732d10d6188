using Agents.Contracts.Posts;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Work;

namespace Agents.Daemon.Runners;

/// <summary>Which programs this version can drive.</summary>
internal static class RunnerCatalog
{
    private static readonly Dictionary<string, Func<RunnerTask, IRunner>> Known = new(StringComparer.Ordinal)
    {
        [PostRunner.Command] = task => new CommandRunner(task),
    };

    /// <exception cref="WorkFault">This version has none for it.</exception>
    public static IRunner For(string name, RunnerTask task) => Known.TryGetValue(name, out var make)
        ? make(task)
        : throw new WorkFault(
            TaskErrorKind.Failed, $"The runner {name} is not supported by ccc {Build.Version} on this device; it has {string.Join(", ", Known.Keys)}. Install a newer ccc, or choose another runner in the post.");
}
