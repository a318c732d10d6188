namespace Agents.Realtime.Hub;

/// <summary>So many frames a second, with a second's worth at once (GCRA): one number for each connection. Pure.</summary>
internal struct Rate(int perSecond)
{
    private static readonly long Second = TimeSpan.TicksPerSecond;

    private readonly long _step = Second / perSecond;
    private long _empty;

    /// <summary>How long to read nothing more after one frame at this time (in ticks of 100 ns).</summary>
    public TimeSpan Take(long now)
    {
        _empty = Math.Max(_empty, now) + _step;
        return TimeSpan.FromTicks(Math.Max(0, _empty - now - Second));
    }
}
