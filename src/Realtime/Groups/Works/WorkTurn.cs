using Npgsql;

namespace Agents.Realtime.Groups.Works;

/// <summary>Of all processes the one that follows what mentions became: who holds the lock, for as long as its connection answers.</summary>
internal sealed class WorkTurn(NpgsqlConnection connection) : IAsyncDisposable
{
    private const long Key = 0x67726F75705F776B;

    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(5);

    /// <summary>Null where another process has it.</summary>
    public static async Task<WorkTurn?> TakeAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        var connection = await postgres.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var take = connection.Statement("SELECT pg_try_advisory_lock($1)").With(Key);
            if (await take.ExecuteScalarAsync(cancellationToken) is true)
            {
                return new(connection);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <exception cref="NpgsqlException">It is lost.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await using var alive = connection.Statement("SELECT 1");
        await alive.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The connection goes back to the pool as it is, and would take the lock along.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var given = connection;
        try
        {
            using var limit = new CancellationTokenSource(ReleaseLimit);
            await using var release = connection.Statement("SELECT pg_advisory_unlock($1)").With(Key);
            await release.ExecuteNonQueryAsync(limit.Token);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            // What is broken is thrown away, and the lock with it.
            NpgsqlConnection.ClearPool(connection);
        }
    }
}
