using System.Collections.Concurrent;

namespace Agents.Gateway.SignIns;

/// <summary>A count for each key that had a failure lately.</summary>
internal sealed class FailureCounts<TKey>(int limit, TimeSpan window, TimeProvider time, int maxKept = 20_000)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, FailureCount> counts = new();
    private readonly FailureCount shared = new(limit, window, time);
    private readonly Lock making = new();

    public int Kept => counts.Count;

    public FailureCount Of(TKey key)
    {
        if (counts.TryGetValue(key, out var known))
        {
            return known;
        }

        lock (making)
        {
            if (counts.Count >= maxKept)
            {
                Forget();
            }

            // So many failing at once is an attack from everywhere; the rest is one big suspect.
            return counts.Count >= maxKept ? shared : counts.GetOrAdd(key, _ => new(limit, window, time));
        }
    }

    private void Forget()
    {
        foreach (var (key, count) in counts)
        {
            if (count.IsIdle)
            {
                counts.TryRemove(key, out _);
            }
        }
    }
}
