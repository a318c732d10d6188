using Agents.Scheduler.Reports;
using Npgsql;

namespace Agents.Scheduler.Sessions;

/// <summary>Brings sessions up to date with what began and ended, within the transaction of the fold.</summary>
internal static class SessionFoldSql
{
    public const string Columns =
        """
        s.first_task, s.id, s.agent_session, s.agent_id, s.device_id, s.post_id, s.owner, s.title, s.created_at, s.last_at, s.tasks, s.input_tokens, s.output_tokens,
        s.cost_usd
        """;

    private const string Known =
        $"""
        SELECT {Columns} FROM sessions s
        WHERE s.first_task IN (SELECT unnest($1) UNION SELECT session FROM session_tasks WHERE task_id = ANY ($1) UNION SELECT first_task FROM sessions WHERE id = ANY ($2)
                               UNION SELECT n.first_task FROM unnest($3, $4, $5) AS w (name, agent, owner)
                                     JOIN sessions n ON n.agent_session = w.name AND n.agent_id = w.agent AND n.owner = w.owner)
        """;

    private const string Members = "SELECT task_id, session FROM session_tasks WHERE task_id = ANY ($1)";

    private const string Keep =
        """
        INSERT INTO sessions (first_task, id, agent_session, agent_id, device_id, post_id, owner, title, created_at, last_at, tasks, input_tokens, output_tokens, cost_usd)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (first_task) DO UPDATE
        SET id = excluded.id, agent_session = excluded.agent_session, device_id = excluded.device_id, last_at = excluded.last_at, tasks = excluded.tasks,
            input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens, cost_usd = excluded.cost_usd
        """;

    private const string Join = "INSERT INTO session_tasks (task_id, session) SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING";

    public static async Task FoldSessionsAsync(
        this NpgsqlConnection connection, IReadOnlyList<WorkFact> facts, Func<WorkFact, string?> postOf, CancellationToken cancellationToken)
    {
        var book = await connection.BookAsync(facts, cancellationToken);
        foreach (var fact in facts.OrderBy(fact => fact.Task).ThenBy(fact => fact.HasEnded))
        {
            book.Add(fact, postOf(fact));
        }

        await connection.KeepAsync([.. book.Changed], cancellationToken);
        if (book.Joined.Count > 0)
        {
            await using var join = connection.Statement(Join).With<Guid[]>([.. book.Joined.Keys]).With<Guid[]>([.. book.Joined.Values]);
            await join.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public static Session Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.Text(2), row.GetString(3), row.Text(4), row.Text(5), row.GetString(6), row.GetString(7),
        row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9), row.GetInt32(10), new(row.GetInt64(11), row.GetInt64(12), row.GetDouble(13)));

    private static async Task<SessionBook> BookAsync(this NpgsqlConnection connection, IReadOnlyList<WorkFact> facts, CancellationToken cancellationToken)
    {
        var names = facts.SelectMany(fact => new[] { fact.Given, fact.Reported }).OfType<string>().Distinct().ToList();
        Guid[] tasks = [.. facts.Select(fact => fact.Task).Concat(names.Select(name => Guid.TryParse(name, out var id) ? id : default)).Distinct()];
        var named = facts.Where(fact => fact is { Reported: not null, Agent: not null }).DistinctBy(fact => (fact.Reported, fact.Agent, fact.Owner)).ToList();
        string[] ids = [.. names, .. facts.Select(fact => fact.Task.ToString())];
        await using var known = connection.Statement(Known).With(tasks).With(ids)
            .WithTexts([.. named.Select(fact => fact.Reported)]).WithTexts([.. named.Select(fact => fact.Agent)]).WithTexts([.. named.Select(fact => fact.Owner)]);
        var sessions = await known.ListAsync(Read, cancellationToken);
        await using var members = connection.Statement(Members).With(tasks);
        var joined = await members.ListAsync(row => (Task: row.GetGuid(0), Session: row.GetGuid(1)), cancellationToken);
        return new(sessions, joined.ToDictionary(each => each.Task, each => each.Session));
    }

    private static async Task KeepAsync(this NpgsqlConnection connection, IReadOnlyList<Session> sessions, CancellationToken cancellationToken)
    {
        if (sessions.Count == 0)
        {
            return;
        }

        await using var keep = connection.Statement(Keep)
            .With<Guid[]>([.. sessions.Select(s => s.FirstTask)])
            .WithTexts([.. sessions.Select(s => s.Id)])
            .WithTexts([.. sessions.Select(s => s.AgentSession)])
            .WithTexts([.. sessions.Select(s => s.Agent)])
            .WithTexts([.. sessions.Select(s => s.Device)])
            .WithTexts([.. sessions.Select(s => s.Post)])
            .WithTexts([.. sessions.Select(s => s.Owner)])
            .WithTexts([.. sessions.Select(s => s.Title)])
            .WithTimes([.. sessions.Select(s => (DateTimeOffset?)s.CreatedAt)])
            .WithTimes([.. sessions.Select(s => (DateTimeOffset?)s.LastAt)])
            .With<int[]>([.. sessions.Select(s => s.Tasks)])
            .With<long[]>([.. sessions.Select(s => s.Usage.InputTokens)])
            .With<long[]>([.. sessions.Select(s => s.Usage.OutputTokens)])
            .With<double[]>([.. sessions.Select(s => s.Usage.CostUsd)]);
        await keep.ExecuteNonQueryAsync(cancellationToken);
    }
}
