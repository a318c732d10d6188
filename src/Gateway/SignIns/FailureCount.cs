namespace Agents.Gateway.SignIns;

/// <summary>
/// The failures of one account or address in the window just past. Who tries takes a place first and gives it back
/// with the outcome, so that a burst cannot exceed the limit; while all places are taken, the next in line waits.
/// </summary>
internal sealed class FailureCount(int limit, TimeSpan window, TimeProvider time)
{
    private const int MaxWaiting = 100;

    private readonly Lock _gate = new();
    private readonly Queue<long> _failures = new();
    private TaskCompletionSource _changed = Fresh();
    private int _trying;
    private int _waiting;

    /// <summary>Nothing to remember: no failure in the window, and nobody at it.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _trying == 0 && _waiting == 0 && _failures.Count == 0;
            }
        }
    }

    /// <summary>Null with a place taken, else how long until it is worth trying again.</summary>
    public async ValueTask<TimeSpan?> TakePlaceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                Forget();
                if (_failures.Count >= limit)
                {
                    return window - time.GetElapsedTime(_failures.Peek());
                }

                if (_failures.Count + _trying < limit)
                {
                    _trying++;
                    return null;
                }

                if (_waiting >= MaxWaiting)
                {
                    return TimeSpan.FromSeconds(1);
                }

                _waiting++;
                next = _changed.Task;
            }

            try
            {
                await next.WaitAsync(cancellationToken);
            }
            finally
            {
                lock (_gate)
                {
                    _waiting--;
                }
            }
        }
    }

    public void GiveBack(bool failed)
    {
        TaskCompletionSource over;
        lock (_gate)
        {
            _trying--;
            if (failed)
            {
                _failures.Enqueue(time.GetTimestamp());
            }

            over = _changed;
            _changed = Fresh();
        }

        over.SetResult();
    }

    private void Forget()
    {
        while (_failures.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= window)
        {
            _failures.Dequeue();
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
