using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Reports;

/// <summary>Rows of one level, from a time to another.</summary>
internal sealed record RollupSpan(RollupLevel Level, DateTimeOffset From, DateTimeOffset To);

/// <summary>The rows that answer a question: as few as have all that is asked for. Pure.</summary>
internal sealed record RollupPlan(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<RollupSpan> Spans)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Or the field that is wrong, and why.</summary>
    public static (RollupPlan? Plan, string Field, string Problem) Make(WorkQuestion question, DateTimeOffset now)
    {
        foreach (var (time, name) in new[] { (question.From, "from"), (question.To, "to") })
        {
            if (time?.UtcDateTime.Year is < 2000 or > 2200)
            {
                return (null, name, "must be between the years 2000 and 2200");
            }
        }

        var asked = (To: question.To ?? now, From: question.From ?? (question.To ?? now) - Week);
        if (asked.From >= asked.To)
        {
            return (null, "to", "must be after from");
        }

        var (from, to) = (Hour(asked.From), Hour(asked.To.AddTicks(TimeSpan.TicksPerHour - 1)));
        var longest = question.Group is WorkGroup.Hour ? WorkQuestion.LongestByHour : WorkQuestion.Longest;
        return to - from > longest
            ? (null, "from", $"must be at most {longest.TotalDays:0} days before to{(question.Group is WorkGroup.Hour ? ", hour by hour" : "")}")
            : (new(from, to, Parts(question, from, to)), "", "");
    }

    private static IReadOnlyList<RollupSpan> Parts(WorkQuestion question, DateTimeOffset from, DateTimeOffset to)
    {
        var isWhole = question is { AgentId: null, DeviceId: null } && (WorkGroup.IsTime(question.Group) || question.Group is WorkGroup.User);
        if (isWhole)
        {
            return [new(RollupLevel.Whole, from, to)];
        }

        var byDays = question.Group is not WorkGroup.Hour && (question.Group is not WorkGroup.Day || question.Tz is null or WorkQuestion.Utc);
        var (first, last) = (Day(from.AddHours(23)), Day(to));
        return byDays && first < last
            ? [.. new RollupSpan[] { new(RollupLevel.Hour, from, first), new(RollupLevel.Day, first, last), new(RollupLevel.Hour, last, to) }.Where(span => span.From < span.To)]
            : [new(RollupLevel.Hour, from, to)];
    }

    private static DateTimeOffset Day(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    private static DateTimeOffset Hour(DateTimeOffset at) => Day(at).AddHours(at.UtcDateTime.Hour);
}
