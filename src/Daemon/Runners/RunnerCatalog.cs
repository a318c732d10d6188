using Agents.Contracts.Posts;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Runners.Acp;
using Agents.Daemon.Runners.Claude;
using Agents.Daemon.Runners.Codex;
using Agents.Daemon.Runners.OpenClaw;
using Agents.Daemon.Runners.OpenCode;
using Agents.Daemon.Work;

namespace Agents.Daemon.Runners;

/// <summary>Which programs this version can drive.</summary>
internal static class RunnerCatalog
{
    private static readonly Dictionary<string, Func<RunnerTask, IRunner>> Known = new(StringComparer.Ordinal)
    {
        [PostRunner.Claude] = task => new ClaudeRunner(task),
        [PostRunner.Codex] = task => new CodexRunner(task),
        [PostRunner.OpenCode] = OpenCodeLaunch.Of,
        [PostRunner.OpenClaw] = task => new OpenClawRunner(task),
        [PostRunner.Acp] = AcpLaunch.Of,
        [PostRunner.Command] = task => new CommandRunner(task),
    };

    /// <exception cref="WorkFault">This version has none for it.</exception>
    public static IRunner For(string name, RunnerTask task) => Known.TryGetValue(name, out var make)
        ? make(task)
        : throw new WorkFault(
            TaskErrorKind.Failed, $"The runner {name} is not supported by ccc {Build.Version} on this device; it has {string.Join(", ", Known.Keys)}. Install a newer ccc, or choose another runner in the post.");
}
