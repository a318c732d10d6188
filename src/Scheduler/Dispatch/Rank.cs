namespace Agents.Scheduler.Dispatch;

/// <summary>
/// A task's place in its queue, smallest first, in microseconds: when it was ready, less 30 s for each step of priority.
/// Urgent goes first, and nothing starves: whatever waits is passed only by what came up to so much later. Pure.
/// </summary>
internal static class Rank
{
    private const long PerPriority = 30_000_000;

    public static long Of(DateTimeOffset readyAt, int priority) => readyAt.ToUnixTimeMilliseconds() * 1000 + readyAt.Microsecond + Unready(priority);

    /// <summary>Of one that isn't ready yet: what is added to the time when it will be.</summary>
    public static long Unready(int priority) => -priority * PerPriority;
}
