using System.Globalization;

namespace Agents.Bench.Figures;

/// <summary>A line of /proc/PID/stat, as far as it is of interest here.</summary>
/// <param name="Own">CPU time of the process, in clock ticks.</param>
/// <param name="Reaped">CPU time of its children that have ended: a PostgreSQL backend's, once its connection is closed.</param>
internal readonly record struct ProcessTimes(int Parent, long Own, long Reaped)
{
    /// <summary>The kernel counts in hundredths of a second, whatever its own clock does.</summary>
    public const double TicksPerSecond = 100;

    /// <summary>The name stands in parentheses and may hold anything, so what follows is counted from the last one.</summary>
    public static ProcessTimes Parse(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long Ticks(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return new((int)Ticks(4), Ticks(14) + Ticks(15), Ticks(16) + Ticks(17));
    }

    /// <summary>Null where the process has ended.</summary>
    public static ProcessTimes? Read(int processId)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{processId}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
