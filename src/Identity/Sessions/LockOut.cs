namespace Agents.Identity.Sessions;

/// <summary>How long an account stays shut after failed sign-ins: a growing pause. Pure.</summary>
internal static class LockOut
{
    /// <summary>So many mistakes are free.</summary>
    public const int Free = 5;

    private const int LongestStep = 10;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>After this long without a mistake all is forgotten.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    public static TimeSpan PauseAfter(int failures)
    {
        if (failures < Free)
        {
            return TimeSpan.Zero;
        }

        var pause = TimeSpan.FromSeconds(1 << Math.Min(failures - Free + 1, LongestStep));
        return pause < Longest ? pause : Longest;
    }

    /// <summary>What is left of the pause, zero where there is none.</summary>
    public static TimeSpan Left(int failures, DateTimeOffset lastAt, DateTimeOffset now)
    {
        var left = lastAt + PauseAfter(failures) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
