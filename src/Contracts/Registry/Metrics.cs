namespace Agents.Contracts.Registry;

/// <param name="Step">Seconds that one item stands for.</param>
public sealed record MetricSeries(string Name, DateTimeOffset From, DateTimeOffset To, int Step, IReadOnlyList<MetricItem> Items);

/// <param name="At">Where the step begins.</param>
public sealed record MetricItem(DateTimeOffset At, double Min, double Avg, double Max, double Last, long Count);

/// <summary>A figure that there is, and its newest value.</summary>
public sealed record MetricName(string Name, IReadOnlyDictionary<string, string> Labels, double Last, DateTimeOffset At);

/// <param name="Total">Of all pages.</param>
/// <param name="Full">The device has as many series as it may have; points of others are not kept.</param>
public sealed record MetricNames(IReadOnlyList<MetricName> Items, long Total, bool Full);

/// <summary>One point as it goes to Registry, which knows its device.</summary>
/// <param name="AgentId">Whose figure it is, where it is not the device's own.</param>
public sealed record MetricPoint(
    string DeviceId, string? AgentId, string Name, double Value, DateTimeOffset At, IReadOnlyDictionary<string, string>? Labels = null);

/// <summary>Points of many devices, at most <see cref="MaxPoints"/>.</summary>
public sealed record MetricReport(IReadOnlyList<MetricPoint> Points)
{
    public const int MaxPoints = 5_000;
}

public static class MetricRules
{
    public const int MaxNameLength = 128;
    public const int MaxLabels = 16;

    /// <summary>Raw points are kept this long, so older ones have no place.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    /// <summary>Clocks differ.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>Null where the point is good, else what is wrong with it.</summary>
    public static string? Fault(string? name, double value, DateTimeOffset at, IReadOnlyDictionary<string, string>? labels, DateTimeOffset now) =>
        name is not { Length: > 0 and <= MaxNameLength } || name.Contains('\0') ? $"name must have 1 to {MaxNameLength} characters"
        : !double.IsFinite(value) ? "value must be a finite number"
        : at < now - MaxAge || at > now + MaxAhead ? "ts must be within the last 24 hours"
        : labels is not null && (labels.Count > MaxLabels || labels.Any(label => label.Key.Length > MaxNameLength || label.Value is null || label.Value.Length > MaxNameLength
            || label.Key.Contains('\0') || label.Value.Contains('\0')))
            ? $"labels must be at most {MaxLabels} of at most {MaxNameLength} characters"
        : null;
}
