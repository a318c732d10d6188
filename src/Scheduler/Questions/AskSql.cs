using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>A question that a running attempt asks.</summary>
/// <param name="IsNew">Else it was asked before; or, where it is not <paramref name="IsKnown"/>, there are too many.</param>
/// <param name="Answer">Where somebody has answered it.</param>
internal sealed record Asking(Guid Task, int Attempt, string Holder, string QuestionId, bool IsNew, bool IsKnown, GivenAnswer? Answer, string? By);

/// <summary>C14 of docs/protocol.md: questions of many attempts. With the first one that is open a task waits.</summary>
internal static class AskSql
{
    /// <summary>Of one attempt at a time.</summary>
    public const int MostOpen = 20;

    /// <summary>Of one attempt in all: its states are kept for ever.</summary>
    private const int MostAsked = 1_000;

    /// <summary>What was closed because nothing was heard of the holder is open again when he goes on and asks it again.</summary>
    private const string Ask =
        """
        WITH w AS MATERIALIZED (
            SELECT DISTINCT ON (w.id, w.question_id) w.*, EXISTS (SELECT FROM questions x WHERE x.task_id = w.id AND x.question_id = w.question_id) AS known
            FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY AS w (id, attempt, holder, connection, question_id, asked, expires_at, n)
            ORDER BY w.id, w.question_id, w.n
        ), k AS MATERIALIZED (
            SELECT w.*, l.attempt AS current, l.agent_id, l.asking, row_number() OVER (PARTITION BY w.id ORDER BY w.known, w.n) AS place
            FROM w CROSS JOIN LATERAL (
                SELECT * FROM live WHERE live.id = w.id AND live.stage + 0 = 3 AND live.started_at IS NOT NULL FOR NO KEY UPDATE
            ) l
            WHERE l.attempt = coalesce(w.attempt, l.attempt) AND l.holder = w.holder
        ), i AS (
            INSERT INTO questions AS q (task_id, attempt, question_id, agent_id, asked, expires_at)
            SELECT id, current, question_id, agent_id, asked, expires_at FROM k
            WHERE asking + place <= $8 AND (SELECT count(*) FROM questions x WHERE x.task_id = k.id AND x.attempt = k.current) + place <= $9
            ON CONFLICT (task_id, attempt, question_id) DO UPDATE SET answered_at = NULL, answered_by = NULL WHERE q.answered_by = 'over'
            RETURNING q.task_id, q.question_id, q.asked
        ), m AS (
            SELECT k.id, max(k.connection) AS connection, count(i.question_id)::int AS n
            FROM k LEFT JOIN i ON i.task_id = k.id AND i.question_id = k.question_id GROUP BY k.id
        ), u AS (
            UPDATE live SET asking = live.asking + m.n, connection = m.connection,
                            events = live.events + m.n + CASE WHEN m.n > 0 AND live.asking = 0 THEN 1 ELSE 0 END
            FROM m WHERE live.id = ANY (ARRAY[m.id])
            RETURNING live.id, live.attempt, live.agent_id, live.device_id, live.events, m.n, m.n > 0 AND live.asking = m.n AS opens
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, attempt, agent_id, device_id, data)
            SELECT u.id, u.events - u.n - u.opens::int + row_number() OVER (PARTITION BY u.id ORDER BY i.question_id), 'question', u.attempt, u.agent_id, u.device_id, i.asked
            FROM u JOIN i ON i.task_id = u.id
        ), s AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id)
            SELECT id, events, 'state', 'waiting', attempt, agent_id, device_id FROM u WHERE opens
        )
        SELECT k.id, k.current, k.holder, k.question_id, i.question_id IS NOT NULL, q.question_id IS NOT NULL, q.answer, q.answered_name
        FROM k LEFT JOIN i ON i.task_id = k.id AND i.question_id = k.question_id
        LEFT JOIN LATERAL (
            SELECT * FROM questions WHERE questions.task_id = k.id AND questions.attempt = k.current AND questions.question_id = k.question_id OFFSET 0
        ) q ON true
        """;

    /// <summary>No more of an attempt than may have been open when its holder was away: what was answered before that has come to him.</summary>
    private const string Answered =
        """
        SELECT l.id, l.attempt, l.holder, a.question_id, false, true, a.answer, a.answered_name
        FROM live l CROSS JOIN LATERAL (
            SELECT * FROM questions q WHERE q.task_id = l.id AND q.attempt = l.attempt AND q.answer IS NOT NULL ORDER BY q.answered_at DESC LIMIT $2
        ) a
        WHERE l.stage = 3 AND l.holder = ANY ($1) AND l.started_at IS NOT NULL
        """;

    public static async Task<List<Asking>> AskAsync(this NpgsqlConnection connection, IReadOnlyList<HolderWord> words, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Ask)
            .WithAttempts(words)
            .WithTexts([.. words.Select(w => w.Connection)])
            .WithTexts([.. words.Select(w => w.Question!.QuestionId)])
            .WithJson([.. words.Select(w => JsonSerializer.Serialize(w.Question, WireJson.Options))])
            .WithTimes([.. words.Select(w => (DateTimeOffset?)w.Question!.ExpiresAt.ToUniversalTime())])
            .With(MostOpen)
            .With(MostAsked);
        return await command.ListAsync(Read, cancellationToken);
    }

    /// <summary>What these holders work on, and somebody has answered.</summary>
    public static async Task<List<Asking>> AnsweredAsync(this NpgsqlConnection connection, string[] holders, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Answered).With(holders).With(MostOpen);
        return await command.ListAsync(Read, cancellationToken);
    }

    private static Asking Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.GetBoolean(5), GivenAnswers.Of(row.Text(6)), row.Text(7));
}
