namespace Agents.Contracts.Scheduler;

/// <summary>Work that has ended, group by group.</summary>
/// <param name="From">As it was counted: the full hour at or before the one asked for.</param>
/// <param name="To">The full hour at or after the one asked for; what ended at it is not counted.</param>
/// <param name="Items">Those with the most work first; days and hours in their order.</param>
/// <param name="Total">How many groups there are; <see cref="MaxItems"/> of them at most are here.</param>
/// <param name="Sum">All groups together.</param>
public sealed record WorkReport(
    DateTimeOffset From, DateTimeOffset To, string GroupBy, string Tz, IReadOnlyList<WorkFigures> Items, long Total, WorkFigures Sum)
{
    public const int MaxItems = 5_000;
}

/// <summary>Figures of one group. Times are in seconds.</summary>
/// <param name="Key">Its id or name, or the day; null for work that nobody was given, or that has none.</param>
/// <param name="SuccessRate">Done, of those that were done or failed; null where there is none of either.</param>
/// <param name="Retries">Attempts beyond the first of each task.</param>
/// <param name="Wait">From the submit until the last attempt began.</param>
/// <param name="Run">From then to the end.</param>
public sealed record WorkFigures(
    string? Key, long Ended, long Done, long Failed, long Canceled, double? SuccessRate, long Retries, WorkTimes Wait, WorkTimes Run, UsageSum Usage);

/// <param name="P50">Half took no longer. As exact as 4 %.</param>
public sealed record WorkTimes(double? P50, double? P95, double? Mean);

/// <summary>What models were used for, as results tell it.</summary>
public sealed record UsageSum(long InputTokens, long OutputTokens, double CostUsd);

public static class WorkGroup
{
    public const string Agent = "agent";
    public const string Post = "post";
    public const string Device = "device";
    public const string User = "user";
    public const string Type = "type";
    public const string Day = "day";
    public const string Hour = "hour";

    public static IReadOnlyList<string> All { get; } = [Agent, Post, Device, User, Type, Day, Hour];

    public static bool IsTime(string group) => group is Day or Hour;
}
