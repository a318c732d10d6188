namespace Agents.Daemon.Processes;

/// <summary>What one attempt may take, as a post's <c>limits</c> name it; null is without a limit.</summary>
/// <param name="Cpu">Processors.</param>
/// <param name="Pids">Processes and threads.</param>
/// <param name="Timeout">Seconds.</param>
/// <param name="Idle">Seconds without a word.</param>
internal sealed record RunLimits(int? MemoryMb = null, decimal? Cpu = null, int? Pids = null, int? Timeout = null, int? Idle = null);
