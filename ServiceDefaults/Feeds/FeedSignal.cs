using Npgsql;

namespace Agents.ServiceDefaults.Feeds;

/// <summary>Wakes who waits for the service's feed, on every replica: PostgreSQL notifies when an entry is committed.</summary>
public sealed partial class FeedSignal(Feed feed, NpgsqlDataSource postgres, TimeProvider time, ILogger<FeedSignal> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Lost(log, feed.Channel, e.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => Raise();
        await using (var listen = new NpgsqlCommand($"LISTEN {feed.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was notified while we did not listen is in the feed already.
        Raise();
        while (true)
        {
            if (!await connection.WaitAsync(Silence, cancellationToken))
            {
                // A connection that died without a word is silent as well, and this finds out.
                await using var alive = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 5 };
                await alive.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Not listening to {Channel} just now: {Reason}")]
        public static partial void Lost(ILogger log, string channel, string reason);
    }
}
