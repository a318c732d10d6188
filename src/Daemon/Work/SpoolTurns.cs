namespace Agents.Daemon.Work;

internal enum SpoolStage
{
    /// <summary>To be sent.</summary>
    Waits,

    /// <summary>In the outbox, where the connection takes it from.</summary>
    Goes,

    /// <summary>The connection took it, and the server has not answered yet.</summary>
    Sent,
}

/// <param name="At">When it was sent; by the timer, not the clock.</param>
internal readonly record struct SpoolStand(SpoolStage Stage, TimeSpan At);

/// <summary>Which results go next. Pure.</summary>
internal static class SpoolTurns
{
    /// <summary>Without an answer for so long it goes once more, on the same connection.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>So many may be under way: a device that was away for days must not fill its memory and the line with all at once.</summary>
    public const int Window = 32;

    /// <param name="waiting">In their order.</param>
    public static IReadOnlyList<long> Due(IEnumerable<long> waiting, IReadOnlyDictionary<long, SpoolStand> stands, TimeSpan now)
    {
        List<long> due = [];
        var underWay = 0;
        foreach (var number in waiting)
        {
            if (underWay == Window)
            {
                break;
            }

            underWay++;
            var stand = stands.GetValueOrDefault(number);
            if (stand.Stage is SpoolStage.Waits || (stand.Stage is SpoolStage.Sent && now - stand.At >= Patience))
            {
                due.Add(number);
            }
        }

        return due;
    }
}
