using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Processes;

/// <summary>
/// Looks four times a second what the runs use, while there are any, and says so where one uses more than it may. Where the kernel
/// limits it, only whether the kernel had to.
/// </summary>
internal sealed partial class RunWatch(ProcessTable table, TimeProvider time, ILogger log)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>In a quarter of a second what multiplies has taken the whole machine. How many there are at all is read quickly, and tells when to look.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    private const int ManyMore = 64;

    private readonly ConcurrentDictionary<string, WatchedRun> _runs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _some = new(0);

    public void Add(WatchedRun run)
    {
        _runs[run.Tree.Root.Mark] = run;
        _some.Release();
    }

    public void Remove(RunTree tree) => _runs.TryRemove(tree.Root.Mark, out _);

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await _some.WaitAsync(stop);
            while (!_runs.IsEmpty)
            {
                LookAtAll();
                await PauseAsync(stop);
            }
        }
    }

    /// <summary>By agent, all its runs together.</summary>
    public IReadOnlyDictionary<string, RunUsage> Usage()
    {
        var runs = _runs.Values.ToList();
        if (runs.Count == 0)
        {
            return new Dictionary<string, RunUsage>();
        }

        var all = table.Read();
        return runs.GroupBy(run => run.AgentId).ToDictionary(agent => agent.Key, agent => UsageOf([.. agent.SelectMany(run => run.Tree.Alive(all))]));
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        var before = table.Count();
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < Interval;)
        {
            var mayMultiply = _runs.Values.Any(run => run.CountsProcesses);
            await Task.Delay(mayMultiply ? Glance : Interval, time, stop);
            if (mayMultiply && table.Count() - before > ManyMore)
            {
                return;
            }
        }
    }

    private void LookAtAll()
    {
        var runs = _runs.Values.ToList();
        try
        {
            var counted = runs.Any(run => run.WantsCounting) ? table.Read() : [];
            foreach (var run in runs)
            {
                run.Look(Exceeded(run, counted));
            }
        }
        catch (Exception e)
        {
            Log.Failed(log, e);
        }
    }

    private string? Exceeded(WatchedRun run, IReadOnlyList<ProcessEntry> all)
    {
        if (run.Tree.Cgroup is { } group && LimitRule.ByKernel(run.Limits, group) is { } byKernel)
        {
            return byKernel;
        }

        if (!run.WantsCounting)
        {
            return null;
        }

        var alive = run.Tree.Alive(all);
        var usage = UsageOf(alive);
        var memory = run.KernelLimits.Contains("memory") ? null : LimitRule.Memory(run.Limits, usage.Memory, usage.Processes);
        if (memory is not null)
        {
            // What several share was counted for each. The exact count takes longer, so only where it matters.
            memory = LimitRule.Memory(run.Limits, alive.Sum(process => table.Memory(process.Id) ?? Resident(process)), usage.Processes);
        }

        return memory ?? (run.KernelLimits.Contains("pids") ? null : LimitRule.Processes(run.Limits, usage.Tasks));
    }

    private static RunUsage UsageOf(IReadOnlyCollection<ProcessEntry> alive) =>
        new(alive.Sum(Resident), alive.Count, alive.Sum(process => process.Threads), alive.Sum(process => process.CpuTicks));

    private static long Resident(ProcessEntry process) => process.MemoryPages * Environment.SystemPageSize;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What the tasks use can't be read just now")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
