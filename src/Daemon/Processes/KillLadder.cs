namespace Agents.Daemon.Processes;

internal enum Rung
{
    /// <summary>By the program's own protocol, where it has one; and nothing more comes on its stdin.</summary>
    Ask,
    Terminate,
    Kill,
}

/// <summary>How a program is brought to its end: ever more firmly. Pure.</summary>
internal static class KillLadder
{
    public static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(5);

    /// <summary>To say that it has ended takes its time too, and the grace is until that is known.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>One that was asked by its protocol has something to tell yet, so a signal comes only then.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(3);

    /// <param name="hears">The program has a protocol by which it can be asked.</param>
    public static IReadOnlyList<(TimeSpan At, Rung Rung)> Of(TimeSpan grace, bool hears)
    {
        var kill = grace - Min(Margin, grace / 5);
        return [(TimeSpan.Zero, Rung.Ask), (hears ? Min(AnswerTime, kill / 2) : TimeSpan.Zero, Rung.Terminate), (kill, Rung.Kill)];
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
