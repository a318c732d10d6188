using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Registry;

/// <summary>
/// Another writer of figures that has not committed yet: a database session that has written a point, marked its minute
/// and its hour dirty, and holds them.
/// </summary>
internal sealed class HeldMarks(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    private static readonly TimeSpan MetLimit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Null where the hour was rolled up already in this very moment: a mark that nobody else sees holds nobody up.</summary>
    public static async Task<HeldMarks?> TryHoldAsync(AgentsApp app, string device, string name, double value, DateTimeOffset at)
    {
        var connection = new NpgsqlConnection(await app.App.GetConnectionStringAsync("registrydb", Cancelled));
        await connection.OpenAsync(Cancelled);
        var held = new HeldMarks(connection, await connection.BeginTransactionAsync(Cancelled));
        await using var command = new NpgsqlCommand(
            """
            WITH minute AS (INSERT INTO metric_dirty_minutes (at) VALUES (date_trunc('minute', $4)) ON CONFLICT (at) DO UPDATE SET at = excluded.at),
                 hour AS (INSERT INTO metric_dirty_hours (at) VALUES (date_trunc('hour', $4)) ON CONFLICT (at) DO UPDATE SET at = excluded.at RETURNING xmax <> 0 AS known),
                 point AS (INSERT INTO metric_points (series_id, at, value) SELECT id, $4, $3 FROM metric_series WHERE device_id = $1 AND name = $2)
            SELECT known FROM hour
            """,
            connection)
        { Parameters = { new() { Value = device }, new() { Value = name }, new() { Value = value }, new() { Value = at.UtcDateTime } } };
        if (await command.ExecuteScalarAsync(Cancelled) is true)
        {
            return held;
        }

        await held.DisposeAsync();
        return null;
    }

    /// <summary>Somebody waits for us.</summary>
    public Task MetAsync(AgentsApp app) => Eventually.TrueAsync(
        async () => (long)(await Database.SingleAsync(
            app.App, "registrydb", "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", connection.ProcessID))[0] > 0,
        MetLimit,
        "somebody waits for the marks");

    public Task CommitAsync() => transaction.CommitAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
