namespace Agents.Daemon.Link;

/// <summary>
/// How long to wait before the next attempt: exponential with full jitter, so that thousands of daemons don't come back
/// in step after the server was away. Pure.
/// </summary>
internal static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>A connection that was good for this long starts the row anew.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromSeconds(60);

    /// <param name="failures">In a row, this one counted: 1 or more.</param>
    /// <param name="random">From 0 up to, not including, 1.</param>
    public static TimeSpan Next(int failures, double random) => Ceiling(failures) * random;

    public static TimeSpan Ceiling(int failures) =>
        failures > 16 ? Longest : TimeSpan.FromTicks(Math.Min(First.Ticks << (Math.Max(failures, 1) - 1), Longest.Ticks));

    public static int Failures(int before, TimeSpan connectedFor) => connectedFor >= Good ? 1 : before + 1;
}
