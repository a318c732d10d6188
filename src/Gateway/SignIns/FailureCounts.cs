using System.Collections.Concurrent;

namespace Agents.Gateway.SignIns;

/// <summary>A count for each key that had a failure lately.</summary>
internal sealed class FailureCounts<TKey>(int limit, TimeSpan window, TimeProvider time, int maxKept = 20_000)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, FailureCount> _counts = new();
    private readonly FailureCount _shared = new(limit, window, time);
    private readonly Lock _making = new();

    public int Kept => _counts.Count;

    public FailureCount Of(TKey key)
    {
        if (_counts.TryGetValue(key, out var known))
        {
            return known;
        }

        lock (_making)
        {
            if (_counts.Count >= maxKept)
            {
                Forget();
            }

            // So many failing at once is an attack from everywhere; the rest is one big suspect.
            return _counts.Count >= maxKept ? _shared : _counts.GetOrAdd(key, _ => new(limit, window, time));
        }
    }

    private void Forget()
    {
        foreach (var (key, count) in _counts)
        {
            if (count.IsIdle)
            {
                _counts.TryRemove(key, out _);
            }
        }
    }
}
