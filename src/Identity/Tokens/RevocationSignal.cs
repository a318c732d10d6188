using Npgsql;

namespace Agents.Identity.Tokens;

/// <summary>Wakes who waits for the feed, on every replica: PostgreSQL notifies when the revocation is committed.</summary>
internal sealed partial class RevocationSignal(NpgsqlDataSource postgres, TimeProvider time, ILogger<RevocationSignal> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private volatile TaskCompletionSource _next = New();

    /// <summary>Take it before looking into the feed, so that nothing falls between the look and the wait.</summary>
    public Task Next => _next.Task;

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
                Log.Lost(log, e.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => Raise();
        await using (var listen = new NpgsqlCommand($"LISTEN {RevocationEntry.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was notified while we did not listen is in the feed already.
        Raise();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Not listening for revocations just now: {Reason}")]
        public static partial void Lost(ILogger log, string reason);
    }
}
