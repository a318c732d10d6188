using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>How a task is to end.</summary>
/// <param name="Attempt">Null: whatever it is.</param>
/// <param name="Holder">Null: whoever has it.</param>
/// <param name="Lingers">The program may still run: its place stays taken until the holder says that it has ended.</param>
internal sealed record Ending(
    Guid Task, int? Attempt, string? Holder, string Status, string? Result = null, string? ErrorKind = null, string? Error = null, string? Usage = null,
    string? SessionId = null, bool Lingers = false);

/// <summary>A task that has ended.</summary>
/// <param name="WasHeld">A holder had it.</param>
/// <param name="Depended">Somebody waits for it.</param>
/// <param name="WasGathered">It waited for a group's tasks, which nobody needs any more.</param>
internal sealed record Ended(Attempt Attempt, bool WasHeld, bool Depended, Guid? Parent, string Status, bool WasGathered);

/// <summary>C5 and C7 of docs/protocol.md: the one statement that ends tasks, whatever the reason.</summary>
internal static class EndSql
{
    /// <summary>Of several that may end a task the first one does. One that may not, late or a stranger's, stands in nobody's way. The
    /// planner takes those that may for one row, so nothing is joined with them but by a key.</summary>
    private const string End =
        """
        WITH w AS (
            SELECT DISTINCT ON (w.id) w.*
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) WITH ORDINALITY
            AS w (id, attempt, holder, status, result, error_kind, error, usage, session_id, lingers, n)
            CROSS JOIN LATERAL (SELECT live.attempt, live.holder FROM live WHERE live.id = w.id OFFSET 0) l
            WHERE l.attempt = coalesce(w.attempt, l.attempt) AND (w.holder IS NULL OR (l.holder = w.holder AND l.attempt > 0))
            ORDER BY w.id, w.n
        ), d AS (
            DELETE FROM live l USING w
            WHERE l.id = ANY (ARRAY[w.id]) AND l.attempt = coalesce(w.attempt, l.attempt) AND (w.holder IS NULL OR (l.holder = w.holder AND l.attempt > 0))
            RETURNING l.id, l.attempt, l.agent_id, l.device_id, l.holder, l.stage, l.events, l.depended, l.parent_id, l.assigned_at,
                      coalesce(l.started_at, CASE WHEN w.holder IS NOT NULL THEN l.assigned_at END) AS started_at,
                      l.accepted + CASE WHEN w.holder IS NOT NULL AND l.accepted_attempt <> l.attempt THEN 1 ELSE 0 END AS accepted,
                      l.stage = 3 AND l.holder IS NOT NULL AS held, w.status, w.result, w.error_kind, w.error, w.usage, w.session_id, w.lingers
        ), o AS (
            INSERT INTO outcomes (id, status, attempt, accepted, agent_id, device_id, result, error_kind, error, usage, session_id, assigned_at, started_at, finished_at)
            SELECT id, status, attempt, accepted, agent_id, device_id, result, error_kind, error, usage, session_id, assigned_at, started_at, now() FROM d
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id, data)
            SELECT id, events + 1, 'state', status, attempt, agent_id, device_id,
                   CASE WHEN error_kind IS NULL THEN NULL
                        WHEN usage IS NULL THEN json_build_object('kind', error_kind, 'message', error)
                        ELSE json_build_object('kind', error_kind, 'message', error, 'usage', usage) END
            FROM d
        ), linger AS (
            INSERT INTO ending (task_id, attempt, agent_id, device_id, holder, until)
            SELECT id, attempt, agent_id, device_id, holder, now() + $11 FROM d WHERE lingers AND held
            ON CONFLICT DO NOTHING
        ), over AS (
            DELETE FROM ending USING d WHERE NOT d.lingers AND ending.task_id = ANY (ARRAY[d.id]) AND ending.attempt = d.attempt
        )
        SELECT id, attempt, agent_id, device_id, holder, held, depended, parent_id, status, stage = 4 FROM d
        """;

    public static async Task<List<Ended>> EndAsync(
        this NpgsqlConnection connection, IReadOnlyList<Ending> endings, TimeSpan lingerFor, CancellationToken cancellationToken)
    {
        if (endings.Count == 0)
        {
            return [];
        }

        await using var command = connection.Statement(End)
            .With<Guid[]>([.. endings.Select(e => e.Task)])
            .WithNumbers([.. endings.Select(e => e.Attempt)])
            .WithTexts([.. endings.Select(e => e.Holder)])
            .WithTexts([.. endings.Select(e => e.Status)])
            .WithJson([.. endings.Select(e => e.Result)])
            .WithTexts([.. endings.Select(e => e.ErrorKind)])
            .WithTexts([.. endings.Select(e => e.Error)])
            .WithJson([.. endings.Select(e => e.Usage)])
            .WithTexts([.. endings.Select(e => e.SessionId)])
            .With<bool[]>([.. endings.Select(e => e.Lingers)])
            .With(lingerFor);
        return await command.ListAsync(
            row => new Ended(AttemptSql.ReadAttempt(row), row.GetBoolean(5), row.GetBoolean(6), row.Id(7), row.GetString(8), row.GetBoolean(9)), cancellationToken);
    }
}
