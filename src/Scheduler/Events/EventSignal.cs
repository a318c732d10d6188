namespace Agents.Scheduler.Events;

/// <summary>Wakes who waits for events: some were committed here.</summary>
internal sealed class EventSignal(TimeProvider time)
{
    /// <summary>Other replicas commit too, and may tell nobody here.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private volatile TaskCompletionSource _next = New();

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Looks until something is there, or so long; then what is there.</summary>
    /// <param name="every">It looks at least so often, whatever is raised.</param>
    public async Task<T> LookAsync<T>(Func<Task<T>> look, Func<T, bool> isThere, TimeSpan most, CancellationToken cancellationToken, TimeSpan? every = null)
    {
        var longest = every ?? Longest;
        var until = time.GetUtcNow() + most;
        while (true)
        {
            // Taken before the look, so that nothing falls between it and the wait.
            var next = _next.Task;
            var seen = await look();
            var left = until - time.GetUtcNow();
            if (isThere(seen) || left <= TimeSpan.Zero)
            {
                return seen;
            }

            await next.WaitAsync(left < longest ? left : longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
