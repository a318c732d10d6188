using Agents.Contracts.Realtime;

namespace Agents.Daemon.Machine;

/// <summary>Memory in bytes; in a container that is limited, the container's.</summary>
internal sealed class MemoryGauge(MachineFiles files) : IGauge
{
    public IEnumerable<MetricValue> Read()
    {
        var info = files.Lines("proc/meminfo").Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => (parts[1].Words().Number(0) ?? 0) * 1024);
        if (!info.TryGetValue("MemTotal", out var total))
        {
            // What the runtime knows: no figure of what is used, where the system has no such files.
            yield return Points.Of("memory.total", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            yield break;
        }

        var used = total - info.GetValueOrDefault("MemAvailable", info.GetValueOrDefault("MemFree"));
        if (Container() is { } container && container.Limit < total)
        {
            (total, used) = (container.Limit, Math.Min(container.Used, container.Limit));
        }

        yield return Points.Of("memory.total", total);
        yield return Points.Of("memory.used", used);
        yield return Points.Of("swap.used", info.GetValueOrDefault("SwapTotal") - info.GetValueOrDefault("SwapFree"));
    }

    /// <summary>
    /// Only the root of the hierarchy as seen from here: a limit there is a container's. One further down is that of the
    /// service as which we run, and says nothing about the machine. Page cache that can be had back is not in use.
    /// </summary>
    private (double Limit, double Used)? Container() =>
        Limit("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory.current", "sys/fs/cgroup/memory.stat", "inactive_file")
        ?? Limit("sys/fs/cgroup/memory/memory.limit_in_bytes", "sys/fs/cgroup/memory/memory.usage_in_bytes", "sys/fs/cgroup/memory/memory.stat", "total_inactive_file");

    private (double, double)? Limit(string limit, string used, string stat, string cache) =>
        files.Number(limit) is { } most && files.Number(used) is { } current
            ? (most, current - (files.Lines(stat).Select(Points.Words).FirstOrDefault(words => words[0] == cache)?.Number(1) ?? 0))
            : null;
}
