namespace Agents.Scheduler.Reports;

/// <summary>
/// How often something took how long. Each bucket reaches 8 % further than the one before it, so that what is read from it is
/// off by 4 % at most, for a millisecond as for a month; and two of them are added number by number.
/// </summary>
internal sealed class Histogram
{
    private const double Growth = 1.08;
    private const int Buckets = 512;
    private const int CountBits = 40;

    /// <summary>From the first bucket that has any to the last one: most have few, and all are added up often.</summary>
    private long[] _counts = [];
    private int _first;

    public long Count { get; private set; }

    public void Add(TimeSpan time) => Add(BucketOf(time), 1);

    /// <summary>As <see cref="Pack"/> made them.</summary>
    public void Add(ReadOnlySpan<long> packed)
    {
        foreach (var entry in packed)
        {
            Add((int)(entry >> CountBits), entry & ((1L << CountBits) - 1));
        }
    }

    /// <summary>Bucket and count in one number each: so they lie in a row of the database, and are added there.</summary>
    public long[] Pack() => [.. _counts.Select((count, n) => ((long)(_first + n) << CountBits) | count).Where(entry => (entry & ((1L << CountBits) - 1)) > 0)];

    /// <summary>Null where there is nothing.</summary>
    /// <param name="share">0.5 for the one in the middle.</param>
    public TimeSpan? Percentile(double share)
    {
        var left = Math.Max(1, (long)Math.Ceiling(share * Count));
        for (var n = 0; n < _counts.Length; n++)
        {
            left -= _counts[n];
            if (left <= 0)
            {
                return ValueOf(_first + n);
            }
        }

        return null;
    }

    private static int BucketOf(TimeSpan time) => time.TotalMicroseconds <= 1
        ? 0
        : Math.Min((int)Math.Ceiling(Math.Log(time.TotalMicroseconds, Growth)), Buckets - 1);

    /// <summary>As far from the one end of the bucket as from the other, in parts of itself.</summary>
    private static TimeSpan ValueOf(int bucket) => bucket == 0
        ? TimeSpan.Zero
        : TimeSpan.FromMicroseconds(Math.Min(2 * Math.Pow(Growth, bucket) / (Growth + 1), TimeSpan.FromDays(36_500).TotalMicroseconds));

    private void Add(int bucket, long count)
    {
        if (_counts.Length == 0 || bucket < _first || bucket >= _first + _counts.Length)
        {
            var (first, end) = _counts.Length == 0 ? (bucket, bucket + 1) : (Math.Min(_first, bucket), Math.Max(_first + _counts.Length, bucket + 1));
            var wider = new long[end - first];
            _counts.CopyTo(wider, _counts.Length == 0 ? 0 : _first - first);
            (_counts, _first) = (wider, first);
        }

        _counts[bucket - _first] += count;
        Count += count;
    }
}
