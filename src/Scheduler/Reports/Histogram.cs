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

    private readonly SortedDictionary<int, long> _counts = [];

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
    public long[] Pack() => [.. _counts.Select(entry => ((long)entry.Key << CountBits) | entry.Value)];

    /// <summary>Null where there is nothing.</summary>
    /// <param name="share">0.5 for the one in the middle.</param>
    public TimeSpan? Percentile(double share)
    {
        var left = Math.Max(1, (long)Math.Ceiling(share * Count));
        foreach (var (bucket, count) in _counts)
        {
            left -= count;
            if (left <= 0)
            {
                return ValueOf(bucket);
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
        _counts[bucket] = _counts.GetValueOrDefault(bucket) + count;
        Count += count;
    }
}
