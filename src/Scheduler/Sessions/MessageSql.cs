using System.Text.Json;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Sessions;

/// <summary>Something that was said, as the tables have it.</summary>
/// <param name="Number">0 of a prompt, else the event's.</param>
/// <param name="Status">Of an end.</param>
internal sealed record Said(
    Guid Task, long Number, string Kind, string? Status, int Attempt, string? Agent, DateTimeOffset At, string? Text, JsonElement? Data);

/// <summary>What was said in a session lies where it was written: prompts in the tasks, words in their events, ends in the outcomes.</summary>
internal static class MessageSql
{
    /// <summary>Tasks that are looked through at once.</summary>
    private const int TasksAtOnce = 20;

    private const string Tasks =
        """
        SELECT id FROM (SELECT $1::uuid AS id UNION ALL SELECT task_id FROM session_tasks WHERE session = $1) all_of_it WHERE id >= $2 ORDER BY id LIMIT $3
        """;

    private const string Words =
        """
        SELECT m.* FROM unnest($1) AS s (id) CROSS JOIN LATERAL (
            SELECT t.id AS task, 0::bigint AS number, 'prompt' AS kind, NULL::text AS status, 0 AS attempt, NULL::text AS agent, t.created_at AS at, t.prompt AS text, t.input AS data
            FROM tasks t WHERE t.id = s.id AND NOT (s.id = $2 AND $3 >= 0)
            UNION ALL
            (SELECT e.task_id, e.number, e.kind, e.status, e.attempt, e.agent_id, e.at, NULL, CASE WHEN e.status = 'done' THEN o.result ELSE e.data END
             FROM task_events e LEFT JOIN outcomes o ON e.status = 'done' AND o.id = e.task_id AND o.status = 'done'
             WHERE e.task_id = s.id AND e.number > CASE WHEN s.id = $2 THEN $3 ELSE 0 END
               AND (e.kind IN ('text', 'thinking', 'tool', 'message') OR (e.kind = 'state' AND e.status IN ('done', 'failed', 'canceled')))
             ORDER BY e.number LIMIT $4)
        ) m ORDER BY m.task, m.number LIMIT $4
        """;

    /// <param name="after">The last that was read.</param>
    public static async Task<List<Said>> SaidAsync(
        this NpgsqlDataSource postgres, Guid session, (Guid Task, long Number) after, int most, CancellationToken cancellationToken)
    {
        List<Said> said = [];
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        while (true)
        {
            await using var find = connection.Statement(Tasks).With(session).With(after.Task).With(TasksAtOnce + 1);
            var tasks = await find.ListAsync(row => row.GetGuid(0), cancellationToken);
            await using var words = connection.Statement(Words).With<Guid[]>([.. tasks.Take(TasksAtOnce)]).With(after.Task).With(after.Number).With(most - said.Count);
            said.AddRange(await words.ListAsync(Read, cancellationToken));
            if (said.Count >= most || tasks.Count <= TasksAtOnce)
            {
                return said;
            }

            after = (tasks[TasksAtOnce], -1);
        }
    }

    private static Said Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.Text(3), row.GetInt32(4), row.Text(5), row.GetFieldValue<DateTimeOffset>(6), row.Text(7), row.Json(8));
}
