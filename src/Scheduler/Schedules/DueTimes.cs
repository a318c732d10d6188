using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Schedules;

/// <summary>Which times of a schedule are to be fired now. Pure.</summary>
/// <param name="Fire">In order.</param>
/// <param name="Missed">Times that went by; where <paramref name="AndMore"/>, there are more.</param>
/// <param name="Last">Up to here all is decided.</param>
internal sealed record DueTimes(IReadOnlyList<DateTimeOffset> Fire, IReadOnlyList<DateTimeOffset> Missed, bool AndMore, DateTimeOffset Last)
{
    /// <summary>So many missed times are made up for at most.</summary>
    public const int Most = 1_000;

    /// <param name="first">The first time that was not decided yet.</param>
    /// <param name="grace">Nobody was away as long as the first one is no later than this. The latest one is fired within it whatever the policy is: it is the present one.</param>
    public static DueTimes Of(NextTimes times, DateTimeOffset first, DateTimeOffset until, DateTimeOffset now, string misfire, TimeSpan grace)
    {
        var due = times.Latest(first, until, Most + 1);
        var andMore = due.Count > Most;
        due = andMore ? [.. due.Skip(1)] : due;
        var last = due is [.., var latest] ? latest : first;
        return now - first <= grace ? new(due, [], false, last) : misfire switch
        {
            MisfirePolicy.All => new(due, [], andMore, last),
            MisfirePolicy.Once => new([.. due.TakeLast(1)], [.. due.SkipLast(1)], andMore, last),
            _ => now - last <= grace ? new([last], [.. due.SkipLast(1)], andMore, last) : new([], due, andMore, last),
        };
    }
}
