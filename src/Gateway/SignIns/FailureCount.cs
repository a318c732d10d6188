namespace Agents.Gateway.SignIns;

/// <summary>
/// The failures of one account or address in the window just past. Who tries takes a place first and gives it back
/// with the outcome, so that a burst cannot exceed the limit; while all places are taken, the next in line waits.
/// </summary>
internal sealed class FailureCount(int limit, TimeSpan window, TimeProvider time)
{
    private const int MaxWaiting = 100;

    private readonly Lock gate = new();
    private readonly Queue<long> failures = new();
    private TaskCompletionSource changed = Fresh();
    private int trying;
    private int waiting;

    /// <summary>Nothing to remember: no failure in the window, and nobody at it.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                Forget();
                return trying == 0 && waiting == 0 && failures.Count == 0;
            }
        }
    }

    /// <summary>Null with a place taken, else how long until it is worth trying again.</summary>
    public async ValueTask<TimeSpan?> TakePlaceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                Forget();
                if (failures.Count >= limit)
                {
                    return window - time.GetElapsedTime(failures.Peek());
                }

                if (failures.Count + trying < limit)
                {
                    trying++;
                    return null;
                }

                if (waiting >= MaxWaiting)
                {
                    return TimeSpan.FromSeconds(1);
                }

                waiting++;
                next = changed.Task;
            }

            try
            {
                await next.WaitAsync(cancellationToken);
            }
            finally
            {
                lock (gate)
                {
                    waiting--;
                }
            }
        }
    }

    public void GiveBack(bool failed)
    {
        TaskCompletionSource over;
        lock (gate)
        {
            trying--;
            if (failed)
            {
                failures.Enqueue(time.GetTimestamp());
            }

            over = changed;
            changed = Fresh();
        }

        over.SetResult();
    }

    private void Forget()
    {
        while (failures.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= window)
        {
            failures.Dequeue();
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
