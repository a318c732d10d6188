using System.Diagnostics;

namespace Agents.Bench.FanOut;

/// <summary>One message, until all have it.</summary>
internal sealed class Round(int readers)
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _first;
    private int _left = readers;

    public Task All => _all.Task;

    public int Left => Volatile.Read(ref _left);

    /// <summary>In the ticks of <see cref="Stopwatch"/>, from before it was said.</summary>
    public long First => _first - _began;

    public long Last { get; private set; }

    public void Heard()
    {
        var now = Stopwatch.GetTimestamp();
        Interlocked.CompareExchange(ref _first, now, 0);
        if (Interlocked.Decrement(ref _left) == 0)
        {
            Last = now - _began;
            _all.TrySetResult();
        }
    }
}
