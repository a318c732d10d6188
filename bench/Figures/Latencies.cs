using System.Diagnostics;

namespace Agents.Bench.Figures;

/// <summary>How long each request took, all of them kept: a turn is short, and nothing is rounded away.</summary>
internal sealed class Latencies(int capacity = 1 << 16)
{
    private readonly List<long> _ticks = new(capacity);
    private bool _sorted;

    public int Count => _ticks.Count;

    /// <summary>In the ticks of <see cref="Stopwatch"/>.</summary>
    public void Add(long ticks)
    {
        _ticks.Add(ticks);
        _sorted = false;
    }

    public void Add(Latencies others)
    {
        _ticks.AddRange(others._ticks);
        _sorted = false;
    }

    /// <summary>The smallest time that at least this share of the requests did not exceed (nearest rank).</summary>
    public TimeSpan Percentile(double share)
    {
        if (_ticks.Count == 0)
        {
            return TimeSpan.Zero;
        }

        if (!_sorted)
        {
            _ticks.Sort();
            _sorted = true;
        }

        var rank = (int)Math.Ceiling(share * _ticks.Count);
        return TimeSpan.FromSeconds((double)_ticks[Math.Clamp(rank, 1, _ticks.Count) - 1] / Stopwatch.Frequency);
    }
}
