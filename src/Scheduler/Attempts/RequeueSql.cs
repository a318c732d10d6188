using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>An attempt that is over while its task is not.</summary>
/// <param name="After">The next one begins after this pause.</param>
/// <param name="Unstarted">Only where nobody has accepted it meanwhile.</param>
/// <param name="Settled">The holder itself said that it is over, so it has no further say.</param>
/// <param name="GivenUp">It was ended by us, and doesn't go on where its holder names it once more; only its result still counts.</param>
/// <param name="Lingers">The program may still run: its place stays taken until the holder says that it has ended.</param>
/// <param name="Usage">What the attempt has used, as its holder said.</param>
/// <param name="Package">What there is of it, for whoever goes on with it.</param>
internal sealed record Return(
    Guid Task, int Attempt, string ErrorKind, string Error, TimeSpan After = default, bool Unstarted = false, bool Settled = false, bool Lingers = false,
    bool GivenUp = false, string? SessionId = null, string? Usage = null, Guid? Package = null);

/// <summary>A task that waits again.</summary>
internal sealed record Returned(Attempt Attempt, long Lane, long Rank, bool IsQueued, bool Lingers, DateTimeOffset? ReadyAt);

/// <summary>C6 of docs/protocol.md: back to the queue, each to the place that it had. One that is being moved goes to its new lane, and that was no try.</summary>
internal static class RequeueSql
{
    /// <summary>Who says how it failed had taken it, whether he said so or not.</summary>
    private const string Requeue =
        """
        WITH w AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $10, $11, $12, $13)
            AS w (id, attempt, kind, error, after, unstarted, settled, lingers, given_up, session_id, usage, package)
        ), r AS (
            UPDATE live l
            SET stage = CASE WHEN w.after > interval '0' THEN 1 ELSE 2 END, ready_at = now() + w.after, started_at = NULL, asking = 0, events = l.events + 1,
                holder = CASE WHEN w.settled THEN NULL ELSE l.holder END, given_up = w.given_up, session_id = coalesce(w.session_id, l.session_id),
                accepted = l.accepted + CASE
                    WHEN l.move_lane IS NOT NULL THEN CASE WHEN l.accepted_attempt = l.attempt THEN -1 ELSE 0 END
                    WHEN w.settled AND w.kind <> 'refused' AND l.accepted_attempt <> l.attempt THEN 1 ELSE 0 END,
                accepted_attempt = CASE WHEN w.settled AND w.kind <> 'refused' THEN l.attempt ELSE l.accepted_attempt END,
                lane = coalesce(l.move_lane, l.lane), package = coalesce(w.package, l.package), move_lane = NULL, move_until = NULL
            FROM w
            WHERE l.id = ANY (ARRAY[w.id]) AND l.attempt = w.attempt AND (l.stage + 0 = 3 OR (l.stage + 0 = 2 AND w.settled AND l.holder IS NOT NULL))
              AND NOT (w.unstarted AND l.started_at IS NOT NULL)
            RETURNING l.id, l.attempt, l.agent_id, l.device_id, coalesce(l.holder, '') AS holder, l.lane, l.rank, l.stage, l.events, l.ready_at,
                      w.kind, w.error, w.lingers, w.usage
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id, data)
            SELECT id, events, 'state', CASE stage WHEN 1 THEN 'scheduled' ELSE 'queued' END, attempt, agent_id, device_id,
                   CASE WHEN usage IS NULL THEN json_build_object('kind', kind, 'message', error)
                        ELSE json_build_object('kind', kind, 'message', error, 'usage', usage) END
            FROM r
        ), unasked AS (
            UPDATE questions SET answered_at = now(), answered_by = 'over' FROM r
            WHERE questions.task_id = ANY (ARRAY[r.id]) AND questions.attempt = r.attempt AND questions.answered_at IS NULL
        ), linger AS (
            INSERT INTO ending (task_id, attempt, agent_id, device_id, holder, until)
            SELECT id, attempt, agent_id, device_id, holder, now() + $9 FROM r WHERE lingers AND holder <> ''
            ON CONFLICT DO NOTHING
        ), over AS (
            DELETE FROM ending USING r WHERE NOT r.lingers AND ending.task_id = ANY (ARRAY[r.id]) AND ending.attempt = r.attempt
        )
        SELECT id, attempt, agent_id, device_id, holder, lane, rank, stage = 2, lingers, ready_at FROM r
        """;

    public static async Task<List<Returned>> RequeueAsync(
        this NpgsqlConnection connection, IReadOnlyList<Return> returns, TimeSpan lingerFor, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Requeue)
            .With<Guid[]>([.. returns.Select(r => r.Task)])
            .With<int[]>([.. returns.Select(r => r.Attempt)])
            .WithTexts([.. returns.Select(r => r.ErrorKind)])
            .WithTexts([.. returns.Select(r => r.Error)])
            .With<TimeSpan[]>([.. returns.Select(r => r.After)])
            .With<bool[]>([.. returns.Select(r => r.Unstarted)])
            .With<bool[]>([.. returns.Select(r => r.Settled)])
            .With<bool[]>([.. returns.Select(r => r.Lingers)])
            .With(lingerFor)
            .With<bool[]>([.. returns.Select(r => r.GivenUp)])
            .WithTexts([.. returns.Select(r => r.SessionId)])
            .WithJson([.. returns.Select(r => r.Usage)])
            .WithIds([.. returns.Select(r => r.Package)]);
        return await command.ListAsync(
            row => new Returned(AttemptSql.ReadAttempt(row), row.GetInt64(5), row.GetInt64(6), row.GetBoolean(7), row.GetBoolean(8), row.Time(9)), cancellationToken);
    }
}
