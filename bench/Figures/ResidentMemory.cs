using System.Globalization;

namespace Agents.Bench.Figures;

internal static class ResidentMemory
{
    private const string Field = "VmRSS:";

    /// <summary>Bytes of a process that are in memory now.</summary>
    public static long Read(int processId) => Parse(File.ReadLines($"/proc/{processId}/status"));

    /// <summary>"VmRSS:	  123456 kB" among others, where a kB is 1024 bytes.</summary>
    public static long Parse(IEnumerable<string> status)
    {
        var line = status.First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
