using Agents.Scheduler.Attempts;
using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>An attempt that is told to come to an end, or something about its budget.</summary>
internal sealed record Notice(Guid Task, int Attempt, string Text);

/// <summary>C13 of docs/protocol.md: work that is to end because a budget is spent, and what is said when it soon will be.</summary>
internal static class StopSql
{
    private const string Running =
        """
        SELECT id, attempt, agent_id FROM live
        WHERE stage = 3 AND holder IS NOT NULL AND started_at IS NOT NULL AND stop_until IS NULL AND agent_id = ANY ($1)
        """;

    /// <summary>Marked: it ends when its holder says that it has, or when its time is up.</summary>
    private const string Stop =
        """
        WITH w AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3) AS w (id, attempt, why)
        ), s AS (
            UPDATE live l SET stop_until = now() + $4, stop_why = w.why, events = l.events + 1 FROM w
            WHERE l.id = ANY (ARRAY[w.id]) AND l.attempt = w.attempt AND l.stage + 0 = 3 AND l.holder IS NOT NULL AND l.started_at IS NOT NULL AND l.stop_until IS NULL
            RETURNING l.id, l.attempt, l.agent_id, l.device_id, l.holder, l.events, l.asking, w.why
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id, data)
            SELECT id, events, 'state', CASE WHEN asking > 0 THEN 'waiting' ELSE 'running' END, attempt, agent_id, device_id, json_build_object('stopping', true, 'by', 'budget', 'reason', why) FROM s
        )
        SELECT id, attempt, agent_id, device_id, holder FROM s
        """;

    /// <summary>Said as the agent's own log is, for who watches the task.</summary>
    private const string Say =
        """
        WITH w AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3) AS w (id, attempt, text)
        ), s AS (
            UPDATE live l SET events = l.events + 1 FROM w
            WHERE l.id = ANY (ARRAY[w.id]) AND l.attempt = w.attempt AND l.stage + 0 = 3 AND l.started_at IS NOT NULL
            RETURNING l.id, l.attempt, l.agent_id, l.device_id, l.events, w.text
        )
        INSERT INTO task_events (task_id, number, kind, attempt, agent_id, device_id, data)
        SELECT id, events, 'log', attempt, agent_id, device_id, json_build_object('text', text, 'warning', 'budget') FROM s
        """;

    private const string WarnTasks =
        """
        UPDATE budget_attempts b SET warned_at = now() FROM unnest($1) AS w (id)
        WHERE b.task_id = w.id AND NOT EXISTS (SELECT FROM budget_attempts x WHERE x.task_id = w.id AND x.warned_at IS NOT NULL)
        RETURNING b.task_id
        """;

    private const string WarnDays =
        """
        UPDATE budget_days d SET warned_at = CASE WHEN $4 THEN now() END, told_at = NULL FROM unnest($2, $3) AS w (kind, id)
        WHERE d.day = $1 AND d.kind = w.kind AND d.id = w.id AND (d.warned_at IS NULL) = $4
        """;

    private const string TellDays =
        """
        UPDATE budget_days d SET told_at = now() FROM unnest($2, $3) AS w (kind, id)
        WHERE d.day = $1 AND d.kind = w.kind AND d.id = w.id AND d.told_at IS NULL
        RETURNING d.kind, d.id
        """;

    public static async Task<List<(Guid Task, int Attempt, string Agent)>> RunningAsync(
        this NpgsqlConnection connection, IEnumerable<string> agents, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Running).WithTexts([.. agents]);
        return await command.ListAsync(row => (row.GetGuid(0), row.GetInt32(1), row.GetString(2)), cancellationToken);
    }

    /// <param name="within">So long its holder may take to say that it has ended.</param>
    public static async Task<List<Attempt>> StopAsync(
        this NpgsqlConnection connection, IReadOnlyList<Notice> stops, TimeSpan within, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Stop).WithNotices(stops).With(within);
        return await command.ListAsync(AttemptSql.ReadAttempt, cancellationToken);
    }

    public static async Task SayAsync(this NpgsqlConnection connection, IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        if (notices.Count > 0)
        {
            await using var command = connection.Statement(Say).WithNotices(notices);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Those that nobody had been warned of.</summary>
    public static async Task<HashSet<Guid>> WarnTasksAsync(this NpgsqlConnection connection, Guid[] tasks, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(WarnTasks).With(tasks);
        return [.. await command.ListAsync(row => row.GetGuid(0), cancellationToken)];
    }

    /// <param name="isWarned">Whether they are from now on.</param>
    public static async Task WarnDaysAsync(
        this NpgsqlConnection connection, BudgetDay day, IReadOnlyList<BudgetKey> keys, bool isWarned, CancellationToken cancellationToken)
    {
        if (keys.Count > 0)
        {
            await using var command = connection.Statement(WarnDays).WithDays(day, keys).With(isWarned);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Those of which nobody was told yet.</summary>
    public static async Task<HashSet<BudgetKey>> TellDaysAsync(
        this NpgsqlConnection connection, BudgetDay day, IReadOnlyCollection<BudgetKey> keys, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(TellDays).WithDays(day, keys);
        return [.. await command.ListAsync(row => new BudgetKey((BudgetKind)row.GetInt16(0), row.GetString(1)), cancellationToken)];
    }

    private static NpgsqlCommand WithDays(this NpgsqlCommand command, BudgetDay day, IReadOnlyCollection<BudgetKey> keys) => command
        .With(day.Begin)
        .With<short[]>([.. keys.Select(key => (short)key.Kind)])
        .WithTexts([.. keys.Select(key => key.Id)]);

    /// <summary>In the order of their ids, as all take them who write many.</summary>
    private static NpgsqlCommand WithNotices(this NpgsqlCommand command, IReadOnlyList<Notice> notices)
    {
        var sorted = notices.DistinctBy(notice => notice.Task).OrderBy(notice => notice.Task).ToList();
        return command
            .With<Guid[]>([.. sorted.Select(notice => notice.Task)])
            .With<int[]>([.. sorted.Select(notice => notice.Attempt)])
            .WithTexts([.. sorted.Select(notice => notice.Text)]);
    }
}
