namespace Agents.Realtime.Hub;

/// <summary>What waits to be looked at, each once however often it is put in: so there is never more than there is to look at.</summary>
internal sealed class WaitingSet<T>
{
    private readonly Lock _gate = new();
    private readonly HashSet<T> _waiting = [];
    private readonly SemaphoreSlim _some = new(0, 1);

    public void Put(IEnumerable<T> items)
    {
        lock (_gate)
        {
            _waiting.UnionWith(items);
            if (_waiting.Count > 0 && _some.CurrentCount == 0)
            {
                _some.Release();
            }
        }
    }

    public async Task<IReadOnlyList<T>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        await _some.WaitAsync(cancellationToken);
        lock (_gate)
        {
            List<T> taken = [.. _waiting.Take(most)];
            _waiting.ExceptWith(taken);
            if (_waiting.Count > 0)
            {
                _some.Release();
            }

            return taken;
        }
    }
}
