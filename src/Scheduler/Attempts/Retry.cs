using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Attempts;

/// <summary>Whether another try is made after one that ended badly, and when. Pure.</summary>
internal static class Retry
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Null: there is none.</summary>
    /// <param name="kind">What the agent said; null where it said none.</param>
    /// <param name="retryable">What the agent thinks of it; null where it has no opinion.</param>
    /// <param name="accepted">Attempts that were accepted, this one included.</param>
    /// <param name="chance">0 to 1, so that what failed together does not come again together.</param>
    public static TimeSpan? After(string? kind, bool? retryable, int accepted, int maxAttempts, double backoff, double chance) => kind switch
    {
        // It was not begun: that is no try.
        TaskErrorKind.Refused => TimeSpan.Zero,
        TaskErrorKind.Canceled => null,
        _ when accepted >= maxAttempts => null,
        // Its place in the queue is all that it needs.
        TaskErrorKind.DeviceLost => TimeSpan.Zero,
        _ => retryable ?? (kind is not null && TaskErrorKind.IsRetryable(kind)) ? Pause(accepted, backoff, chance) : null,
    };

    /// <summary>Doubled with each try, within a fifth more or less.</summary>
    private static TimeSpan Pause(int accepted, double backoff, double chance)
    {
        var seconds = backoff * Math.Pow(2, Math.Clamp(accepted - 1, 0, 20));
        var longest = Math.Max(Longest.TotalSeconds, backoff);
        return TimeSpan.FromSeconds(Math.Min(seconds, longest) * (0.8 + (0.4 * chance)));
    }
}
