using Npgsql;

namespace Agents.Scheduler.Reports;

/// <summary>How far a round of folding goes.</summary>
/// <param name="Seen">The snapshot up to which all was folded before.</param>
/// <param name="UpTo">The one up to which this round folds.</param>
/// <param name="IsAll">Nothing is left for another one.</param>
internal sealed record FoldRange(string Seen, string UpTo, bool IsAll);

/// <summary>
/// What began to run, ended or was told of usage between two snapshots of the database, each once: as in <see cref="Events.EventFeed"/> a
/// transaction that commits late is met by the next round, for it is in no snapshot before.
/// </summary>
internal static class FoldSql
{
    private const int MostAtOnce = 5_000;

    /// <summary>Who has the row folds, the others wait; what is written beside it is there with it, or not at all.</summary>
    private const string Take = "SELECT seen FROM folded FOR UPDATE";

    /// <summary>
    /// By itself after the lock: a snapshot of the time before the wait would be older than what the other one folded. A
    /// round is cut after so many events where the place of the cut is a snapshot too: all transactions before it are over.
    /// After a dump and a restore transactions are numbered anew, and it begins anew.
    /// </summary>
    private const string Range =
        """
        WITH f AS (
            SELECT CASE WHEN pg_snapshot_xmax($1::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) THEN pg_current_snapshot() ELSE $1::pg_snapshot END AS seen
        ), cut AS (
            SELECT (e.tx::text::bigint + 1)::text::xid8 AS tx FROM task_events e WHERE e.tx >= (SELECT pg_snapshot_xmin(seen) FROM f) ORDER BY e.tx OFFSET $2 LIMIT 1
        )
        SELECT f.seen::text, CASE WHEN whole THEN pg_current_snapshot()::text ELSE cut.tx::text || ':' || cut.tx::text || ':' END, whole
        FROM f LEFT JOIN cut ON true,
             LATERAL (SELECT cut.tx IS NULL OR cut.tx <= pg_snapshot_xmax(f.seen) OR cut.tx > pg_snapshot_xmin(pg_current_snapshot()) AS whole) w
        """;

    /// <summary>
    /// Read in portions, as one transaction may have written millions. What only began is passed over where it has ended
    /// since. What went back to its queue matters for what it had used by then, and since when. An outcome that is not this end's any more
    /// was taken back by a person's retry. Event by event and by keys alone: for a cursor the planner would rather begin at
    /// once than end soon.
    /// </summary>
    private const string Declare =
        """
        DECLARE facts NO SCROLL CURSOR FOR
        SELECT e.task_id, coalesce(e.status, ''), e.at, e.agent_id, e.device_id, t.created_by, t.post_id, t.type, left(t.prompt, 500), t.session_id, t.created_at,
               o.session_id, coalesce(o.started_at, b.at), coalesce(o.accepted, 1), o.usage, e.attempt, e.number,
               CASE WHEN e.kind = 'usage' OR e.status NOT IN ('done', 'running') THEN e.data END
        FROM (
            SELECT * FROM task_events
            WHERE tx >= pg_snapshot_xmin('{0}'::pg_snapshot) AND NOT pg_visible_in_snapshot(tx, '{0}'::pg_snapshot)
              AND pg_visible_in_snapshot(tx, '{1}'::pg_snapshot)
              AND ((kind = 'state' AND (status IN ('done', 'failed', 'canceled', 'running') OR (status IN ('queued', 'scheduled') AND attempt > 0 AND data IS NOT NULL)))
                   OR kind = 'usage')
            OFFSET 0
        ) e
        CROSS JOIN LATERAL (SELECT * FROM tasks WHERE tasks.id = e.task_id OFFSET 0) t
        LEFT JOIN LATERAL (
            SELECT * FROM outcomes WHERE outcomes.id = e.task_id AND outcomes.attempt = e.attempt AND outcomes.status = e.status OFFSET 0
        ) o ON true
        LEFT JOIN LATERAL (
            SELECT r.at FROM task_events r
            WHERE e.status IN ('queued', 'scheduled') AND r.task_id = e.task_id AND r.attempt = e.attempt AND r.status IN ('assigned', 'running')
            ORDER BY r.number DESC LIMIT 1
        ) b ON true
        WHERE e.status IS DISTINCT FROM 'running' OR (SELECT true FROM live WHERE live.id = e.task_id)
        """;

    private const string Moved = "UPDATE folded SET seen = $1";

    /// <summary>The row is locked until the transaction is over.</summary>
    public static async Task<FoldRange> TakeRangeAsync(this NpgsqlConnection connection, int events, CancellationToken cancellationToken)
    {
        await using var take = connection.Statement(Take);
        var seen = (string)(await take.ExecuteScalarAsync(cancellationToken))!;
        await using var command = connection.Statement(Range).With(seen).With(events);
        return (await command.ListAsync(row => new FoldRange(row.GetString(0), row.GetString(1), row.GetBoolean(2)), cancellationToken)).Single();
    }

    public static async Task OpenFactsAsync(this NpgsqlConnection connection, FoldRange range, CancellationToken cancellationToken)
    {
        // A cursor takes no parameters; both are the database's own texts.
        await using var command = connection.Statement(
            Declare.Replace("{0}", range.Seen, StringComparison.Ordinal).Replace("{1}", range.UpTo, StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<WorkFact>> NextFactsAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement($"FETCH {MostAtOnce} FROM facts");
        // The first portion of millions takes long; the round has a limit of its own.
        command.CommandTimeout = 0;
        return await command.ListAsync(Read, cancellationToken);
    }

    public static async Task MoveAsync(this NpgsqlConnection connection, string upTo, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Moved).With(upTo);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static WorkFact Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.Text(3), row.Text(4), row.GetString(5), row.Text(6), row.GetString(7),
        row.Text(8), row.Text(9), row.GetFieldValue<DateTimeOffset>(10), row.Text(11), row.Time(12), row.GetInt32(13), row.Text(14),
        row.GetInt32(15), row.GetInt64(16), row.Text(17));
}
