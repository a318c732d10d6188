namespace Agents.Tests.App.Web;

/// <summary>An hour as a machine has it that works on this and that, minute by minute.</summary>
internal static class ShowcaseMetrics
{
    private const double Gigabyte = 1 << 30;

    /// <param name="busy">1 is as much as it can.</param>
    public static IEnumerable<object> Hour(double busy)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Enumerable.Range(0, 61).SelectMany(minute => Figures(minute, busy).Select(figure => new
        {
            name = figure.Name,
            value = figure.Value,
            ts = now - 60 * (60 - minute),
            labels = figure.Label is null ? new Dictionary<string, string>() : new() { [figure.Label] = figure.Of },
        }));
    }

    private static IEnumerable<(string Name, double Value, string? Label, string Of)> Figures(int minute, double busy)
    {
        var wave = busy * (0.75 + 0.2 * Math.Sin(minute / 5.0) + 0.05 * Math.Sin(minute * 1.7));
        return
        [
            ("cpu.usage", wave, null, ""),
            ("memory.used", (14 + 20 * wave) * Gigabyte, null, ""),
            ("memory.total", 64 * Gigabyte, null, ""),
            ("load.1", 16 * wave, null, ""),
            ("disk.used", (212 + minute / 20.0) * Gigabyte, "mount", "/"),
            ("disk.total", 512 * Gigabyte, "mount", "/"),
            ("network.received", 3_000_000 * wave, "interface", "eth0"),
            ("network.sent", 900_000 * wave * wave, "interface", "eth0"),
        ];
    }
}
