namespace Agents.Daemon.Link;

/// <summary>
/// The server's time, by which frames are dated and signatures judged. It goes on by the machine's steady counter, so a
/// local clock that is wrong, or is put right meanwhile, does no harm.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    private Reading? _reading;

    /// <summary>The local clock, as long as no server has told its own.</summary>
    public DateTimeOffset Now => Volatile.Read(ref _reading) is { } reading ? reading.ServerTime + time.GetElapsedTime(reading.At) : time.GetUtcNow();

    public TimeSpan Offset => Now - time.GetUtcNow();

    public void Set(long serverTime)
    {
        // A server that says nonsense leaves us with our own clock.
        if (serverTime is > 0 and < 253_402_300_800)
        {
            Volatile.Write(ref _reading, new(DateTimeOffset.FromUnixTimeSeconds(serverTime), time.GetTimestamp()));
        }
    }

    private sealed record Reading(DateTimeOffset ServerTime, long At);
}
