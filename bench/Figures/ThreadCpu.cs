using System.Globalization;

namespace Agents.Bench.Figures;

internal static class ThreadCpu
{
    /// <summary>CPU seconds of the calling thread, to the nanosecond. It makes sense only on a thread that is not the pool's.</summary>
    public static double Seconds()
    {
        var nanoseconds = File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0];
        return long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1e9;
    }
}
