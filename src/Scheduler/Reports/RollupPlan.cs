using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Reports;

/// <summary>Rows of one level, from a time to another.</summary>
internal sealed record RollupSpan(RollupLevel Level, DateTimeOffset From, DateTimeOffset To);

/// <summary>The rows that answer a question: as few as have all that is asked for. Pure.</summary>
internal sealed record RollupPlan(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<RollupSpan> Spans)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Or the field that is wrong, and why.</summary>
    /// <param name="isOfOne">The reader sees only his own.</param>
    public static (RollupPlan? Plan, string Field, string Problem) Make(WorkQuestion question, DateTimeOffset now, bool isOfOne = false)
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
            // What is to come has no rows yet, so the row that now is in is whole.
            : (new(from, to, Parts(question, from, to, isOpen: to >= now, isOfOne)), "", "");
    }

    private static IReadOnlyList<RollupSpan> Parts(WorkQuestion question, DateTimeOffset from, DateTimeOffset to, bool isOpen, bool isOfOne)
    {
        var (hours, days, weeks) = Levels(question, isOfOne);
        if (question.Group is WorkGroup.Hour || (question.Group is WorkGroup.Day && question.Tz is not (null or WorkQuestion.Utc)))
        {
            return [new(hours, from, to)];
        }

        var byDays = Edges(hours, days, from, to, isOpen, Day, TimeSpan.FromDays(1));
        return weeks is not { } coarsest || question.Group is WorkGroup.Day
            ? [.. byDays]
            : [.. byDays.SelectMany(span => span.Level == days ? Edges(days, coarsest, span.From, span.To, isOpen, Rollups.WeekOf, TimeSpan.FromDays(Rollups.DaysOfWeek)) : [span])];
    }

    /// <summary>The rows that tell apart what is asked for, and as little else as can be.</summary>
    private static (RollupLevel Hours, RollupLevel Days, RollupLevel? Weeks) Levels(WorkQuestion question, bool isOfOne)
    {
        var agent = question.Group is WorkGroup.Agent or WorkGroup.Post or WorkGroup.Device || question is not { AgentId: null, PostId: null, DeviceId: null };
        var owner = question.Group is WorkGroup.User || isOfOne || question.UserId is not null;
        var type = question.Group is WorkGroup.Type || question.Type is not null;
        return (agent, owner, type) switch
        {
            (true, false, false) => (RollupLevel.AgentHour, RollupLevel.AgentDay, RollupLevel.AgentWeek),
            (false, true, false) => (RollupLevel.OwnerHour, RollupLevel.OwnerDay, RollupLevel.OwnerWeek),
            (false, false, true) => (RollupLevel.TypeHour, RollupLevel.TypeDay, null),
            (false, false, false) => (RollupLevel.AllHour, RollupLevel.TypeDay, null),
            _ => (RollupLevel.Hour, RollupLevel.Day, null),
        };
    }

    /// <summary>Full ones of the coarse rows, and the fine ones before and after them.</summary>
    /// <param name="isOpen">Nothing comes after the end.</param>
    private static IEnumerable<RollupSpan> Edges(
        RollupLevel fine, RollupLevel coarse, DateTimeOffset from, DateTimeOffset to, bool isOpen, Func<DateTimeOffset, DateTimeOffset> begin, TimeSpan length)
    {
        var (first, last) = (begin(from) == from ? from : begin(from) + length, begin(to));
        last = isOpen && last < to ? last + length : last;
        return first < last
            ? new RollupSpan[] { new(fine, from, first), new(coarse, first, last), new(fine, last, to) }.Where(span => span.From < span.To)
            : [new(fine, from, to)];
    }

    private static DateTimeOffset Day(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    private static DateTimeOffset Hour(DateTimeOffset at) => Day(at).AddHours(at.UtcDateTime.Hour);
}
