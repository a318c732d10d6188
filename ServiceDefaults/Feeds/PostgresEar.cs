using Npgsql;

namespace Agents.ServiceDefaults.Feeds;

/// <summary>Hears what PostgreSQL notifies on a channel, for as long as it is not cancelled; it comes back after each loss.</summary>
public sealed partial class PostgresEar(NpgsqlDataSource postgres, TimeProvider time, ILogger<PostgresEar> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <param name="began">From here on nothing is missed; what was notified before has to be looked for.</param>
    public async Task ListenAsync(string channel, Action began, Action<string> heard, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(channel, began, heard, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Lost(log, channel, e.Message);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenOnceAsync(string channel, Action began, Action<string> heard, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, word) => heard(word.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        began();
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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Not listening to {Channel} just now: {Reason}")]
        public static partial void Lost(ILogger log, string channel, string reason);
    }
}
