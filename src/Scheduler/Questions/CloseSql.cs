using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>How a question is to be closed.</summary>
/// <param name="Answer">Null: its time is over.</param>
internal sealed record Closing(Guid Task, int Attempt, string QuestionId, string? Answer, string By, string? Name);

internal sealed record Closed(Guid Task, string Holder, string QuestionId);

/// <summary>C15 of docs/protocol.md: answers, and questions whose time is over. With the last one that is closed the task runs on.</summary>
internal static class CloseSql
{
    private const string Close =
        """
        WITH w AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6) AS w (id, attempt, question_id, answer, closed_by, name) ORDER BY w.id
        ), k AS MATERIALIZED (
            SELECT w.*
            FROM w CROSS JOIN LATERAL (
                SELECT * FROM live WHERE live.id = w.id AND live.stage + 0 = 3 AND live.started_at IS NOT NULL FOR NO KEY UPDATE
            ) l
            WHERE l.attempt = w.attempt
        ), q AS (
            UPDATE questions q SET answered_at = now(), answer = k.answer, answered_by = k.closed_by, answered_name = k.name FROM k
            WHERE q.task_id = k.id AND q.attempt = k.attempt AND q.question_id = k.question_id AND q.answered_at IS NULL
              AND (q.expires_at <= now()) = (k.answer IS NULL)
            RETURNING q.task_id, q.question_id, q.answer, q.answered_by, q.answered_name
        ), m AS (
            SELECT task_id, count(*)::int AS n FROM q GROUP BY task_id
        ), u AS (
            UPDATE live SET asking = greatest(live.asking - m.n, 0), events = live.events + m.n + CASE WHEN live.asking <= m.n THEN 1 ELSE 0 END
            FROM m WHERE live.id = ANY (ARRAY[m.task_id])
            RETURNING live.id, live.attempt, live.agent_id, live.device_id, live.holder, live.events, m.n, live.asking = 0 AS closes
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, attempt, agent_id, device_id, data)
            SELECT u.id, u.events - u.n - u.closes::int + row_number() OVER (PARTITION BY u.id ORDER BY q.question_id), 'answer', u.attempt, u.agent_id, u.device_id,
                   (jsonb_strip_nulls(jsonb_build_object('question_id', q.question_id, 'by', q.answered_by, 'name', q.answered_name)) || coalesce(q.answer, '{}'))::json
            FROM u JOIN q ON q.task_id = u.id
        ), s AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id)
            SELECT id, events, 'state', 'running', attempt, agent_id, device_id FROM u WHERE closes
        )
        SELECT u.id, u.holder, q.question_id FROM u JOIN q ON q.task_id = u.id
        """;

    private const string Expired =
        """
        SELECT q.task_id, q.attempt, q.question_id FROM questions q WHERE q.answered_at IS NULL AND q.expires_at <= now() ORDER BY q.expires_at LIMIT $1
        """;

    /// <summary>Of what has ended, or went on as another attempt. One that only waits to be heard of again was closed when it was given back.</summary>
    private const string Over =
        """
        UPDATE questions q SET answered_at = now(), answered_by = 'over'
        WHERE q.answered_at IS NULL AND NOT EXISTS (
            SELECT FROM live l WHERE l.id = q.task_id AND l.attempt = q.attempt AND l.stage + 0 = 3 AND l.started_at IS NOT NULL)
        """;

    public static async Task<List<Closed>> CloseAsync(this NpgsqlConnection connection, IReadOnlyList<Closing> closings, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Close)
            .With<Guid[]>([.. closings.Select(c => c.Task)])
            .With<int[]>([.. closings.Select(c => c.Attempt)])
            .WithTexts([.. closings.Select(c => c.QuestionId)])
            .WithJsonb([.. closings.Select(c => c.Answer)])
            .WithTexts([.. closings.Select(c => c.By)])
            .WithTexts([.. closings.Select(c => c.Name)]);
        return await command.ListAsync(row => new Closed(row.GetGuid(0), row.Text(1) ?? "", row.GetString(2)), cancellationToken);
    }

    public static async Task<List<(Guid Task, int Attempt, string QuestionId)>> ExpiredAsync(this NpgsqlConnection connection, int most, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Expired).With(most);
        return await command.ListAsync(row => (row.GetGuid(0), row.GetInt32(1), row.GetString(2)), cancellationToken);
    }

    public static async Task<int> CloseOverAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Over);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
