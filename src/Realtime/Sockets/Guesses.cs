namespace Agents.Realtime.Sockets;

/// <summary>
/// Wrong tokens, counted for each agent and address: an agent's token is as long as its maker chose. From other addresses the
/// agent itself comes in all the same.
/// </summary>
internal sealed class Guesses(TimeProvider time)
{
    private const int Most = 10;
    private const int MostKept = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Agent, string Address), (int Count, long Since)> _failed = [];

    public int Count => _failed.Count;

    public bool AreTooMany(string agent, string? address)
    {
        lock (_gate)
        {
            return _failed.TryGetValue((agent, address ?? ""), out var failed) && !IsOver(failed.Since) && failed.Count >= Most;
        }
    }

    public void Failed(string agent, string? address)
    {
        lock (_gate)
        {
            var key = (agent, address ?? "");
            _failed[key] = _failed.TryGetValue(key, out var before) && !IsOver(before.Since) ? (before.Count + 1, before.Since) : (1, time.GetTimestamp());
            if (_failed.Count > MostKept)
            {
                Forget();
            }
        }
    }

    /// <summary>Those that are over; where too many are not, the oldest half, for somebody tries everything.</summary>
    private void Forget()
    {
        foreach (var (key, _) in _failed.Where(each => IsOver(each.Value.Since)).ToList())
        {
            _failed.Remove(key);
        }

        if (_failed.Count > MostKept / 2)
        {
            foreach (var (key, _) in _failed.OrderBy(each => each.Value.Since).Take(_failed.Count - (MostKept / 2)).ToList())
            {
                _failed.Remove(key);
            }
        }
    }

    private bool IsOver(long since) => time.GetElapsedTime(since) > Window;
}
