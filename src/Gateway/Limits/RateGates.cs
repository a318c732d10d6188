using System.Collections.Concurrent;

namespace Agents.Gateway.Limits;

/// <summary>
/// So many a second for each key, with a second's worth at once. A gate is one number, the moment at which it will have
/// forgotten everything (GCRA): no timers, no locks, and nothing to keep once that moment is past.
/// </summary>
internal sealed class RateGates<TKey>(int perSecond, TimeProvider time, int maxKept = 50_000)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Gate> _gates = new();
    private readonly Gate _shared = new();
    private readonly Lock _making = new();
    private readonly long _burst = time.TimestampFrequency;
    private readonly long _step = Math.Max(1, time.TimestampFrequency / perSecond);

    public int Kept => _gates.Count;

    public bool Admit(TKey key, out TimeSpan wait)
    {
        var gate = _gates.TryGetValue(key, out var known) ? known : Make(key);
        while (true)
        {
            var now = time.GetTimestamp();
            var before = Volatile.Read(ref gate.Empty);
            var after = Math.Max(before, now) + _step;
            if (after - now > _burst)
            {
                wait = time.GetElapsedTime(now, after - _burst);
                return false;
            }

            if (Interlocked.CompareExchange(ref gate.Empty, after, before) == before)
            {
                wait = TimeSpan.Zero;
                return true;
            }
        }
    }

    private Gate Make(TKey key)
    {
        lock (_making)
        {
            if (_gates.Count >= maxKept)
            {
                Forget();
            }

            // So many busy at once is an attack from everywhere: who comes on top of it shares what one may do.
            return _gates.Count >= maxKept ? _shared : _gates.GetOrAdd(key, static _ => new());
        }
    }

    private void Forget()
    {
        var now = time.GetTimestamp();
        foreach (var (key, gate) in _gates)
        {
            if (Volatile.Read(ref gate.Empty) <= now)
            {
                _gates.TryRemove(key, out _);
            }
        }
    }

    private sealed class Gate
    {
        public long Empty;
    }
}
