using Agents.Contracts.Realtime;

namespace Agents.Daemon.Machine;

/// <summary>How many want to run, and for how long the machine has been up.</summary>
internal sealed class LoadGauge(MachineFiles files) : IGauge
{
    private static readonly string[] Names = ["load.1", "load.5", "load.15"];

    /// <summary>For each core; what a heartbeat tells.</summary>
    public double? PerCore => files.Text("proc/loadavg")?.Words().Number(0) / Environment.ProcessorCount;

    public IEnumerable<MetricValue> Read()
    {
        var load = files.Text("proc/loadavg")?.Words() ?? [];
        for (var i = 0; i < Names.Length; i++)
        {
            if (load.Number(i) is { } value)
            {
                yield return Points.Of(Names[i], value);
            }
        }

        yield return Points.Of("uptime.seconds", files.Text("proc/uptime")?.Words().Number(0) ?? Environment.TickCount64 / 1000.0);
    }
}
