using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Groups;

/// <summary>The rows of groups, and of the tasks that their members got.</summary>
internal static class GroupSql
{
    private const string Insert = "INSERT INTO groups (task_id, group_id, strategy, lead, agents) VALUES ($1, $2, $3, $4, $5)";

    private const string InsertTasks =
        """
        INSERT INTO group_tasks (task_id, parent_id, agent_id, role, place)
        SELECT n.id, $2, n.agent, n.role, n.place + (SELECT count(*) FROM group_tasks WHERE parent_id = $2)
        FROM unnest($1, $3, $4) WITH ORDINALITY AS n (id, agent, role, place)
        """;

    private const string Handed = "UPDATE groups SET handed = handed + 1 WHERE task_id = $1";

    private const string Forget = "DELETE FROM group_tasks WHERE parent_id = $1";

    private const string Find = "SELECT task_id, group_id, strategy, lead, agents FROM groups WHERE task_id = $1";

    private const string Lock = "SELECT FROM live WHERE id = $1 AND stage = 4 FOR NO KEY UPDATE";

    private const string Tasks =
        """
        SELECT g.task_id, g.agent_id, g.role, o.status, o.result, o.error_kind, o.error, o.finished_at
        FROM group_tasks g LEFT JOIN outcomes o ON o.id = g.task_id WHERE g.parent_id = $1 ORDER BY g.place
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
        (SELECT l.parent_id FROM live l CROSS JOIN LATERAL (SELECT FROM outcomes WHERE outcomes.id = l.parent_id OFFSET 0) o
         WHERE l.parent_id IS NOT NULL AND EXISTS (SELECT FROM group_tasks g WHERE g.task_id = l.id) LIMIT $2)
        """;

    private const string LiveTasks = "SELECT g.task_id FROM group_tasks g JOIN live l ON l.id = g.task_id WHERE g.parent_id = $1";

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
        await using var handed = connection.Statement(Handed).With(parent);
        await handed.ExecuteNonQueryAsync(cancellationToken);
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
}
