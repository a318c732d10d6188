
namespace Agents.Daemon.Processes;

/// <summary>A run that is looked after.</summary>
/// <param name="KernelLimits">Which the kernel sees to.</param>
/// <param name="Look">Called at each look, with what it exceeds if it does.</param>
internal sealed record WatchedRun(RunTree Tree, string AgentId, RunLimits? Limits, IReadOnlyList<string> KernelLimits, Action<string?> Look)
{
    /// <summary>The kernel does not count for us what is to be limited.</summary>
    public bool WantsCounting => CountsProcesses || (Limits?.MemoryMb is not null && !KernelLimits.Contains("memory"));

    public bool CountsProcesses => Limits?.Pids is not null && !KernelLimits.Contains("pids");
}
