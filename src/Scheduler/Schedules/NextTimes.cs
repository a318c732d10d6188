namespace Agents.Scheduler.Schedules;

/// <summary>
/// A cron expression in a time zone. Where clocks are put forward, a time that does not exist comes when they have been;
/// where they are put back, a time that comes twice counts the first time only. What goes by hours (<c>*</c>, <c>*/2</c>,
/// <c>9-17</c>) goes by real ones instead: none is made up, and none is left out. Pure.
/// </summary>
internal sealed class NextTimes(CronSchedule cron, TimeZoneInfo zone)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public TimeZoneInfo Zone => zone;

    public DateTimeOffset? After(DateTimeOffset time)
    {
        var utc = new DateTime(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        var next = cron.GoesByHours ? AfterByHours(utc) : AfterOnTheWall(utc);
        return next is { } at ? new(at, TimeSpan.Zero) : null;
    }

    public IEnumerable<DateTimeOffset> AllAfter(DateTimeOffset time)
    {
        for (var next = After(time); next is { } at; next = After(at))
        {
            yield return at;
        }
    }

    /// <summary>The last ones of those that lie between, both ends included, in order. It looks no further back than it needs to.</summary>
    public IReadOnlyList<DateTimeOffset> Latest(DateTimeOffset from, DateTimeOffset to, int most)
    {
        for (var back = TimeSpan.FromSeconds(most); ; back *= 16)
        {
            var begin = to - from <= back ? from : to - back;
            List<DateTimeOffset> times = [.. AllAfter(begin - Second).SkipWhile(at => at < begin).TakeWhile(at => at <= to)];
            if (begin == from || times.Count >= most)
            {
                return times[Math.Max(0, times.Count - most)..];
            }
        }
    }

    private DateTime? AfterByHours(DateTime utc)
    {
        var offset = zone.GetUtcOffset(utc);
        var from = utc + offset + Second;
        while (cron.AtOrAfter(from) is { } wall)
        {
            var at = DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc);
            if (FirstChange(utc, at) is not { } change)
            {
                return at;
            }

            (utc, offset) = (change, zone.GetUtcOffset(change));
            from = change + offset;
        }

        return null;
    }

    private DateTime? AfterOnTheWall(DateTime utc)
    {
        for (var wall = cron.AtOrAfter(utc + zone.GetUtcOffset(utc) + Second); wall is { } time; wall = cron.AtOrAfter(time + Second))
        {
            if (Meant(time) is var at && at > utc)
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>The moment that is meant by a time on the wall's clock.</summary>
    private DateTime Meant(DateTime wall)
    {
        var guess = DateTime.SpecifyKind(wall, DateTimeKind.Utc);
        var (before, after) = (guess - zone.GetUtcOffset(guess - Day), guess - zone.GetUtcOffset(guess + Day));
        // Before a change the old offset is right, after it the new one; twice both are, and the older one is first.
        return before + zone.GetUtcOffset(before) == guess ? before
            : after + zone.GetUtcOffset(after) == guess ? after
            : FirstChange(guess - Day, guess + Day) ?? before;
    }

    /// <summary>When the zone's clocks are changed first: after one moment, and not after the other.</summary>
    private DateTime? FirstChange(DateTime after, DateTime until)
    {
        var offset = zone.GetUtcOffset(after);
        while (after < until)
        {
            var next = until - after < Day ? until : after + Day;
            if (zone.GetUtcOffset(next) == offset)
            {
                after = next;
                continue;
            }

            while (next - after > Second)
            {
                var middle = after + TimeSpan.FromSeconds(Math.Floor((next - after).TotalSeconds / 2));
                (after, next) = zone.GetUtcOffset(middle) == offset ? (middle, next) : (after, middle);
            }

            return next;
        }

        return null;
    }
}
