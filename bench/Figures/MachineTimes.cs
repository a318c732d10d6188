using System.Globalization;

namespace Agents.Bench.Figures;

internal static class MachineTimes
{
    /// <summary>CPU seconds since the start of the machine in which it was not idle.</summary>
    public static double Read() => Parse(File.ReadLines("/proc/stat").First());

    /// <summary>"cpu  user nice system idle iowait irq softirq steal guest guest_nice", where the guests' are in user already.</summary>
    public static double Parse(string line)
    {
        long[] ticks = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / ProcessTimes.TicksPerSecond;
    }
}
