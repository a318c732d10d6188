using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Groups;

/// <summary>A task that is to be a group's, as it was submitted.</summary>
internal sealed record Gathering(SubmitTaskRequest Request, string Owner, IReadOnlyList<Guid> DependsOn, Attempt? Held);

internal static class GroupSql
{
    /// <summary>What is too long for a row stands in the chunks of an artifact, and only its beginning in the row.</summary>
    private const string WholePrompt = $"CASE WHEN t.prompt_ref IS NULL THEN t.prompt ELSE ({Whole}(t.prompt_ref ->> 'artifact_id')::uuid) END";

    private const string WholeInput = $"CASE WHEN t.input_ref IS NULL THEN t.input ELSE ({Whole}(t.input_ref ->> 'artifact_id')::uuid)::json END";

    private const string Whole = "SELECT convert_from(string_agg(c.data, ''::bytea ORDER BY c.number), 'UTF8') FROM artifact_chunks c WHERE c.artifact_id = ";

    /// <summary>From now on it waits for others. Who had it is to stop; his place is taken until he says that he has.</summary>
    private const string Gather =
        $"""
        WITH l AS (
            SELECT id, stage, attempt, agent_id, device_id, holder FROM live WHERE id = $1 AND stage < 4 FOR UPDATE
        ), u AS (
            UPDATE live SET stage = 4, holder = NULL, move_lane = NULL, move_until = NULL, started_at = coalesce(live.started_at, now()), events = live.events + 1
            FROM l WHERE live.id = l.id RETURNING live.events
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, data)
            SELECT l.id, u.events, 'state', 'waiting', l.attempt, json_build_object('group_id', $2, 'by', $4) FROM l, u
        ), linger AS (
            INSERT INTO ending (task_id, attempt, agent_id, device_id, holder, until)
            SELECT id, attempt, agent_id, device_id, holder, now() + $3 FROM l WHERE stage = 3 AND holder IS NOT NULL
            ON CONFLICT DO NOTHING
        ), t AS (
            UPDATE tasks SET group_id = $2 FROM l WHERE tasks.id = l.id
        )
        SELECT l.id, l.attempt, l.agent_id, l.device_id, l.holder, l.stage = 3 AND l.holder IS NOT NULL, l.stage = 0, t.type, {WholePrompt}, {WholeInput}, t.options,
               t.priority, t.run_anyway, t.not_before, t.deadline, t.timeout_s, t.max_attempts, t.backoff, t.labels, t.created_by, t.depends_on
        FROM l JOIN tasks t ON t.id = l.id
        """;

    private const string Insert = "INSERT INTO groups (task_id, group_id, strategy, lead, agents) VALUES ($1, $2, $3, $4, $5)";

    private const string InsertTasks =
        """
        INSERT INTO group_tasks (task_id, parent_id, agent_id, role, place)
        SELECT n.id, $2, n.agent, n.role, n.place + (SELECT count(*) FROM group_tasks WHERE parent_id = $2)
        FROM unnest($1, $3, $4) WITH ORDINALITY AS n (id, agent, role, place)
        """;

    private const string Forget = "DELETE FROM group_tasks WHERE parent_id = $1";

    private const string Find = "SELECT task_id, group_id, strategy, lead, agents FROM groups WHERE task_id = $1";

    private const string Lock = "SELECT FROM live WHERE id = $1 AND stage = 4 FOR NO KEY UPDATE";

    private const string Tasks =
        """
        SELECT g.task_id, g.agent_id, g.role, o.status, o.result, o.error_kind, o.error, o.finished_at
        FROM group_tasks g LEFT JOIN outcomes o ON o.id = g.task_id WHERE g.parent_id = $1 ORDER BY g.place
        """;

    private const string Submitted =
        $"""
        SELECT t.type, {WholePrompt}, {WholeInput}, t.options, t.priority, t.run_anyway, t.not_before, t.deadline, t.timeout_s, t.max_attempts, t.backoff, t.labels,
               t.created_by
        FROM tasks t WHERE t.id = $1
        """;

    private const string View =
        $"""
        SELECT g.task_id, g.agent_id, g.role, {TaskSql.StatusColumn}
        FROM group_tasks g LEFT JOIN live l ON l.id = g.task_id LEFT JOIN outcomes o ON o.id = g.task_id
        WHERE g.parent_id = $1 AND (l.id IS NOT NULL OR o.id IS NOT NULL) ORDER BY g.place
        """;

    /// <summary>Those that wait, and those that have ended while others still work for them.</summary>
    private const string ToSee =
        """
        (SELECT id FROM live WHERE stage = 4 AND id > $1 ORDER BY id LIMIT $2)
        UNION
        (SELECT l.parent_id FROM live l CROSS JOIN LATERAL (SELECT FROM outcomes WHERE outcomes.id = l.parent_id OFFSET 0) o WHERE l.parent_id IS NOT NULL LIMIT $2)
        """;

    private const string LiveTasks = "SELECT g.task_id FROM group_tasks g JOIN live l ON l.id = g.task_id WHERE g.parent_id = $1";

    /// <summary>Null where it has ended, or is a group's already.</summary>
    public static async Task<Gathering?> GatherAsync(
        this NpgsqlConnection connection, Guid task, string groupId, TimeSpan lingerFor, string by, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Gather).With(task).With(groupId).With(lingerFor).With(by);
        return (await command.ListAsync(
            row => new Gathering(
                RequestOf(row, 7, row.GetBoolean(6)), row.GetString(19),
                row.GetBoolean(6) && !row.IsDBNull(20) ? row.GetFieldValue<Guid[]>(20) : [],
                row.GetBoolean(5) ? AttemptSql.ReadAttempt(row) : null),
            cancellationToken)).SingleOrDefault();
    }

    public static async Task InsertGroupAsync(this NpgsqlConnection connection, Group group, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Insert)
            .With(group.Task).With(group.GroupId).With(group.Strategy).WithText(group.Lead).With<string[]>([.. group.Agents]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task AddGroupTasksAsync(
        this NpgsqlConnection connection, Guid parent, IReadOnlyList<(Guid Task, Part Part)> tasks, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(InsertTasks)
            .With<Guid[]>([.. tasks.Select(t => t.Task)])
            .With(parent)
            .WithTexts([.. tasks.Select(t => t.Part.Agent)])
            .WithTexts([.. tasks.Select(t => t.Part.Role)]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task ForgetGroupTasksAsync(this NpgsqlConnection connection, Guid parent, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Forget).With(parent);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<Group?> FindGroupAsync(this NpgsqlConnection connection, Guid task, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Find).With(task);
        return (await command.ListAsync(
            row => new Group(row.GetGuid(0), row.GetString(1), row.GetString(2), row.Text(3), row.GetFieldValue<string[]>(4)), cancellationToken)).SingleOrDefault();
    }

    /// <summary>False where it waits for nobody any more. Else nobody decides on it but we, until our commit.</summary>
    public static async Task<bool> LockGatheredAsync(this NpgsqlConnection connection, Guid task, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Lock).With(task);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }

    public static async Task<List<GroupTask>> GroupTasksAsync(this NpgsqlConnection connection, Guid parent, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Tasks).With(parent);
        return await command.ListAsync(
            row => new GroupTask(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.Text(3), row.Json(4), row.Text(5) is { } kind ? new(kind, row.Text(6) ?? "") : null, row.Time(7)),
            cancellationToken);
    }

    /// <summary>What its members are to do, and for whom.</summary>
    public static async Task<Gathering> SubmittedAsync(this NpgsqlConnection connection, Guid task, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Submitted).With(task);
        return (await command.ListAsync(row => new Gathering(RequestOf(row, 0, isBlocked: false), row.GetString(12), [], null), cancellationToken)).Single();
    }

    public static async Task<List<GroupTaskView>> GroupTaskViewsAsync(this NpgsqlConnection connection, Guid parent, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(View).With(parent);
        return await command.ListAsync(row => new GroupTaskView(row.GetGuid(0).ToString(), row.GetString(1), row.GetString(2), row.GetString(3)), cancellationToken);
    }

    public static async Task<List<Guid>> GroupsToSeeAsync(this NpgsqlDataSource postgres, Guid after, int most, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(ToSee).With(after).With(most);
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }

    public static async Task<List<Guid>> LiveGroupTasksAsync(this NpgsqlConnection connection, Guid parent, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(LiveTasks).With(parent);
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }

    private static SubmitTaskRequest RequestOf(NpgsqlDataReader row, int at, bool isBlocked) => new(
        Type: row.GetString(at), Prompt: row.Text(at + 1), Input: row.Json(at + 2), Options: row.Json(at + 3), Priority: new(row.GetInt16(at + 4)),
        OnDependencyFailure: isBlocked && row.GetBoolean(at + 5) ? DependencyFailure.Run : null, NotBefore: row.Time(at + 6), Deadline: row.Time(at + 7),
        Timeout: row.Number(at + 8), MaxAttempts: row.GetInt16(at + 9), Retry: new(row.GetDouble(at + 10)), Labels: TaskSql.Labels(row.Text(at + 11)));
}
