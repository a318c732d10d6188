namespace Agents.Registry.Metrics;

/// <summary>The three places where figures lie: how fine, for how long, and how their partitions are cut.</summary>
internal sealed record MetricStore(string Table, TimeSpan Grain, TimeSpan KeptFor, TimeSpan PartitionOf)
{
    public static readonly MetricStore Points = new("metric_points", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), TimeSpan.FromHours(1));
    public static readonly MetricStore Minutes = new("metric_minutes", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), TimeSpan.FromDays(1));
    public static readonly MetricStore Hours = new("metric_hours", TimeSpan.FromHours(1), TimeSpan.FromDays(365), TimeSpan.FromDays(32));

    public static readonly IReadOnlyList<MetricStore> All = [Points, Minutes, Hours];

    /// <summary>Where the partition begins that this moment falls into.</summary>
    public DateTimeOffset PartitionAt(DateTimeOffset at) => Floor(at, PartitionOf);

    public string PartitionName(DateTimeOffset begin) => $"{Table}_{begin.UtcDateTime:yyyyMMddHH}";

    public static DateTimeOffset Floor(DateTimeOffset at, TimeSpan grain) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromTicks((long)Math.Floor((at - DateTimeOffset.UnixEpoch).Ticks / (double)grain.Ticks) * grain.Ticks);
}
