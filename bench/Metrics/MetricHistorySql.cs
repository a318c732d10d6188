using Npgsql;

namespace Agents.Bench.Metrics;

internal static class MetricHistorySql
{
    private const int LimitSeconds = 600;

    public const string MarkDirty =
        """
        WITH minutes AS (
            INSERT INTO metric_dirty_minutes SELECT generate_series(date_trunc('minute', $1), $2, interval '1 minute') ON CONFLICT DO NOTHING
        )
        INSERT INTO metric_dirty_hours SELECT generate_series(date_trunc('hour', $1), $2, interval '1 hour') ON CONFLICT DO NOTHING
        """;

    /// <summary>But for those that are not over yet.</summary>
    public const string CountDirty =
        """
        SELECT (SELECT count(*) FROM metric_dirty_minutes WHERE at < now() - interval '90 seconds')
             + (SELECT count(*) FROM metric_dirty_hours WHERE at < now() - interval '62 minutes')
        """;

    public const string OldMinutes =
        """
        INSERT INTO metric_minutes (series_id, at, min, max, sum, count, last)
        SELECT s, at, 1, 5, 21, 7, 3 FROM unnest($1) s, generate_series(date_trunc('minute', $2) - interval '30 days', $2 - interval '1 day', interval '1 minute') at
        ON CONFLICT DO NOTHING
        """;

    public const string OldHours =
        """
        INSERT INTO metric_hours (series_id, at, min, max, sum, count, last)
        SELECT s, at, 1, 5, 1260, 420, 3 FROM unnest($1) s, generate_series(date_trunc('hour', $2) - interval '364 days', $2 - interval '1 day', interval '1 hour') at
        ON CONFLICT DO NOTHING
        """;

    public static async Task<object?> RunAsync(this NpgsqlDataSource database, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = LimitSeconds;
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter is DateTime at ? DateTime.SpecifyKind(at, DateTimeKind.Utc) : parameter);
        }

        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
