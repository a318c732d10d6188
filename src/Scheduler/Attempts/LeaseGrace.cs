namespace Agents.Scheduler.Attempts;

/// <summary>
/// Since when we have watched without a break. A lease is over only when we have watched for a whole term: an outage of our
/// own parts takes no work from a device that is well. Pure.
/// </summary>
/// <param name="Since">Null: we do not watch.</param>
internal readonly record struct LeaseGrace(long? Since, long LastLook)
{
    /// <summary>A round that comes so much later than it should was not watching.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2);

    /// <param name="heard">A Realtime has reported just now, so holders can be heard at all.</param>
    public LeaseGrace Look(long now, bool heard, TimeProvider time) =>
        !heard ? new(null, now)
        : Since is null || time.GetElapsedTime(LastLook, now) > LongestGap ? new(now, now)
        : this with { LastLook = now };

    public bool IsOver(long now, TimeSpan lease, TimeProvider time) => Since is { } since && time.GetElapsedTime(since, now) >= lease;
}
