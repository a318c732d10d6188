using Agents.Contracts.Registry;

namespace Agents.Realtime.Presence;

/// <summary>How much of its machine a device says is in use, out of its figures. Pure.</summary>
internal static class MeasuredLoad
{
    private const string Mount = "mount";

    /// <summary>What it kept while it was away is not how it is now.</summary>
    private static readonly TimeSpan NowFor = TimeSpan.FromMinutes(2);

    /// <summary>In whole hundredths: a smaller change is none. Null where the points say nothing of it.</summary>
    public static DeviceLoad? Of(IReadOnlyList<MetricPoint> points, DateTimeOffset now)
    {
        var own = points.Where(point => point.AgentId is null && point.At > now - NowFor).ToList();
        var load = new DeviceLoad(Rounded(Newest(own, "cpu.usage")), Share(own, "memory"), own.Select(MountOf).OfType<string>().Distinct().Max(mount => Share(own, "disk", mount)));
        return load is { Cpu: null, Memory: null, Disk: null } ? null : load;
    }

    private static string? MountOf(MetricPoint point) => point.Labels?.GetValueOrDefault(Mount);

    private static double? Share(List<MetricPoint> points, string what, string? mount = null) =>
        Newest(points, $"{what}.used", mount) is { } used && Newest(points, $"{what}.total", mount) is > 0 and var total ? Rounded(used / total) : null;

    private static double? Newest(List<MetricPoint> points, string name, string? mount = null) =>
        points.Where(point => point.Name == name && MountOf(point) == mount).MaxBy(point => point.At)?.Value;

    private static double? Rounded(double? share) => share is { } some ? Math.Round(Math.Clamp(some, 0, 1), 2) : null;
}
