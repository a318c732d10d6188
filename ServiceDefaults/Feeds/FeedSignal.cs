namespace Agents.ServiceDefaults.Feeds;

/// <summary>Wakes who waits for the service's feed, on every replica: PostgreSQL notifies when an entry is committed.</summary>
public sealed class FeedSignal(Feed feed, PostgresEar ear, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private volatile TaskCompletionSource _next = New();

    /// <summary>Reads until there is something to tell, or the wait is over; then what was read last.</summary>
    public async Task<TPage> PollAsync<TPage>(
        Func<CancellationToken, Task<TPage>> read, Predicate<TPage> tells, TimeSpan wait, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + (wait < LongestWait ? wait : LongestWait);
        while (true)
        {
            // Taken before the look, so that nothing falls between the look and the wait.
            var next = _next.Task;
            var page = await read(cancellationToken);
            var left = until - time.GetUtcNow();
            if (tells(page) || left <= TimeSpan.Zero)
            {
                return page;
            }

            try
            {
                await next.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Once more: whoever notifies us may be cut off without knowing.
                return await read(cancellationToken);
            }
        }
    }

    /// <summary>What was notified while we did not listen is in the feed already.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => ear.ListenAsync(feed.Channel, Raise, _ => Raise(), stoppingToken);

    private void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
