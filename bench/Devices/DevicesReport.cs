using System.Globalization;
using System.Text;
using Agents.Bench.Figures;

namespace Agents.Bench.Devices;

/// <summary>The figures of idle devices, as one Markdown table.</summary>
internal sealed class DevicesReport(BenchOptions options)
{
    public const string Realtime = "realtime";
    public const string Registry = "registry";
    public const string Gateway = "gateway";

    private const double Heartbeat = 30;

    public long MemoryBefore { get; init; }

    public long MemoryAsItIs { get; set; }

    public long MemorySettled { get; set; }

    public TimeSpan Connecting { get; set; }

    public TimeSpan Listed { get; set; }

    public Latencies Presence { get; set; } = new(0);

    public CpuTimes Cpu { get; set; } = new(null, new Dictionary<string, double>());

    public int Lost { get; set; }

    public string Write()
    {
        var text = new StringBuilder();
        text.AppendLine("| idle devices | |").AppendLine("|---|--:|");
        void Row(string name, FormattableString value) =>
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |");

        Row("connected", $"{options.Count:N0}{(options.Gateway ? " through the gateway" : " straight to Realtime")}");
        Row("lost", $"{Lost:N0}");
        Row("connects per second", $"{options.Count / Connecting.TotalSeconds:N0}");
        Row("last connected → all listed online, s", $"{(Listed - Connecting).TotalSeconds:0.0}");
        Row("Realtime, RSS before, MB", $"{MemoryBefore / 1e6:0.0}");
        Row("Realtime, each, after a collection, kB", $"{Each(MemorySettled):0.0}");
        Row("Realtime, each, as it is, kB", $"{Each(MemoryAsItIs):0.0}");
        foreach (var (part, seconds) in Cpu.Parts.Where(part => part.Key is not Gateway || options.Gateway))
        {
            Row($"{part}, CPU seconds in 30 s", $"{seconds * Heartbeat / options.Turn.TotalSeconds:0.00}");
        }

        Row("registry and postgres, cores", $"{(Cpu.Parts.GetValueOrDefault(Registry) + Cpu.Parts.GetValueOrDefault(CpuClock.Postgres)) / options.Turn.TotalSeconds:0.000}");
        Row("others on the machine meanwhile, cores", $"{Cpu.Others / options.Turn.TotalSeconds:0.00}");
        Row("presence → a person's socket, p50 ms", $"{Presence.Percentile(0.5).TotalMilliseconds:0}");
        Row("presence → a person's socket, p99 ms", $"{Presence.Percentile(0.99).TotalMilliseconds:0}");
        return text.ToString();
    }

    private double Each(long after) => (after - MemoryBefore) / 1000.0 / options.Count;
}
