using Agents.Contracts.Realtime;

namespace Agents.Daemon.Machine;

/// <summary>How busy all cores together were since the last reading: 0 to 1.</summary>
internal sealed class CpuGauge(MachineFiles files) : IGauge
{
    private const int Idle = 3;
    private const int IoWait = 4;

    // Beyond steal come guest and guest_nice, which user and nice count already.
    private const int Counted = 8;

    private (double Busy, double Total)? _last;

    public IEnumerable<MetricValue> Read()
    {
        yield return Points.Of("cpu.cores", Environment.ProcessorCount);
        if (Times(files.Lines("proc/stat")) is { } now)
        {
            if (_last is { } last && now.Total > last.Total)
            {
                yield return Points.Of("cpu.usage", Math.Clamp((now.Busy - last.Busy) / (now.Total - last.Total), 0, 1));
            }

            _last = now;
        }
    }

    /// <summary>Since the machine started; null where /proc/stat says nothing.</summary>
    public static (double Busy, double Total)? Times(IReadOnlyList<string> stat)
    {
        if (stat.FirstOrDefault(line => line.StartsWith("cpu ", StringComparison.Ordinal))?.Words() is not { Count: > IoWait } words)
        {
            return null;
        }

        var times = words.Skip(1).Take(Counted).Select((_, i) => words.Number(i + 1) ?? 0).ToArray();
        var total = times.Sum();
        return (total - times[Idle] - times[IoWait], total);
    }
}
