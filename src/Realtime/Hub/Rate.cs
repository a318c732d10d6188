namespace Agents.Realtime.Hub;

/// <summary>So many frames a second, with a second's worth at once (GCRA): one number for each connection.</summary>
internal struct Rate(int perSecond, TimeProvider time)
{
    private readonly long _second = time.TimestampFrequency;
    private readonly long _step = time.TimestampFrequency / perSecond;
    private long _empty;

    /// <summary>How long to read nothing more after one frame at this time.</summary>
    public TimeSpan Take()
    {
        var now = time.GetTimestamp();
        _empty = Math.Max(_empty, now) + _step;
        return _empty - now <= _second ? TimeSpan.Zero : time.GetElapsedTime(now, _empty - _second);
    }
}
