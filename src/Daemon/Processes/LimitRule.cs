using System.Globalization;

namespace Agents.Daemon.Processes;

/// <summary>What a run uses at one moment, all its processes together.</summary>
/// <param name="Tasks">Processes and their threads, as the kernel counts them.</param>
/// <param name="CpuTicks">Since each of them began.</param>
internal readonly record struct RunUsage(long Memory, int Processes, int Tasks, long CpuTicks);

/// <summary>Whether a run uses more than it may, in words for a person. Pure.</summary>
internal static class LimitRule
{
    public static string? Memory(RunLimits? limits, long used, int processes) =>
        limits?.MemoryMb is { } most && used > (long)most << 20
            ? string.Create(CultureInfo.InvariantCulture, $"It used {used >> 20} MiB of memory in {processes} processes, more than the {most} MiB that its post allows (limits.memory_mb), and was stopped.")
            : null;

    public static string? Processes(RunLimits? limits, int tasks) =>
        limits?.Pids is { } most && tasks > most
            ? string.Create(CultureInfo.InvariantCulture, $"It had {tasks} processes and threads, more than the {most} that its post allows (limits.pids), and was stopped.")
            : null;

    /// <summary>The kernel saw to it.</summary>
    public static string? ByKernel(RunLimits? limits, RunCgroup group) =>
        limits?.MemoryMb is { } memory && group.RanOutOfMemory
            ? string.Create(CultureInfo.InvariantCulture, $"It wanted more memory than the {memory} MiB that its post allows (limits.memory_mb), and was stopped.")
            : limits?.Pids is { } pids && group.RanOutOfProcesses
                ? string.Create(CultureInfo.InvariantCulture, $"It wanted more processes and threads than the {pids} that its post allows (limits.pids), and was stopped.")
                : null;
}
