using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>A task that waited for others, and need not wait for them any more.</summary>
/// <param name="Fails">One of them did not get done, and that matters to it.</param>
internal sealed record Released(Guid Task, long Lane, long Rank, bool IsQueued, bool Fails);

internal static class ReleaseSql
{
    /// <summary>
    /// The edges to what has ended are taken away; who has none left goes on. A rank is given now, at the first moment at
    /// which it could run.
    /// </summary>
    private const string Release =
        """
        WITH gone AS (
            DELETE FROM dependencies d USING unnest($1) AS e (id) CROSS JOIN LATERAL (SELECT status FROM outcomes WHERE outcomes.id = e.id OFFSET 0) o
            WHERE d.on_id = e.id RETURNING d.task_id, o.status
        ), g AS MATERIALIZED (
            SELECT task_id, count(*)::int AS edges, bool_or(status <> 'done') AS bad FROM gone GROUP BY task_id
        ), r AS (
            UPDATE live l
            SET waits = l.waits - g.edges,
                stage = CASE WHEN l.waits > g.edges OR (g.bad AND NOT l.run_anyway) THEN 0 WHEN l.ready_at > now() THEN 1 ELSE 2 END,
                rank = l.rank + CASE WHEN l.waits > g.edges THEN 0 ELSE (extract(epoch FROM greatest(now(), l.ready_at)) * 1000000)::bigint END,
                events = l.events + CASE WHEN l.waits > g.edges OR (g.bad AND NOT l.run_anyway) THEN 0 ELSE 1 END
            FROM g WHERE l.id = ANY (ARRAY[g.task_id]) AND l.stage = 0
            RETURNING l.id, l.lane, l.rank, l.stage, l.events, l.agent_id, l.attempt, g.bad AND NOT l.run_anyway AS fails
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id)
            SELECT id, events, 'state', CASE stage WHEN 1 THEN 'scheduled' ELSE 'queued' END, attempt, agent_id FROM r WHERE stage <> 0
        )
        SELECT id, lane, rank, stage = 2, fails FROM r WHERE stage <> 0 OR fails
        """;

    /// <summary>What has ended while somebody still waits for it.</summary>
    private const string Forgotten = "SELECT DISTINCT d.on_id FROM dependencies d CROSS JOIN LATERAL (SELECT FROM outcomes WHERE outcomes.id = d.on_id OFFSET 0) o LIMIT $1";

    public static async Task<List<Released>> ReleaseAsync(this NpgsqlConnection connection, Guid[] ended, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Release).With(ended);
        return await command.ListAsync(
            row => new Released(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3), row.GetBoolean(4)), cancellationToken);
    }

    public static async Task<List<Guid>> ForgottenAsync(this NpgsqlDataSource postgres, int most, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Forgotten).With(most);
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }
}
