using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>C1 of docs/protocol.md: tasks are stored, many in one statement.</summary>
internal static class SubmitSql
{
    private const string Insert =
        """
        WITH n AS MATERIALIZED (
            SELECT * FROM unnest(
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $25, $26, $27)
            AS n (id, type, prompt, input, options, post_id, agent_id, requires, priority, depends_on, run_anyway, not_before, deadline, timeout_s,
                  max_attempts, backoff, dedup_key, session_id, labels, created_by, stage, rank, lane, parent_id, group_id, artifacts)
        ), t AS (
            INSERT INTO tasks (id, type, prompt, input, options, post_id, agent_id, requires, priority, depends_on, run_anyway, not_before, deadline,
                               timeout_s, max_attempts, backoff, dedup_key, session_id, labels, created_by, created_at, parent_id, group_id, artifacts)
            SELECT id, type, prompt, input, options, post_id, agent_id, requires, priority, depends_on::uuid[], run_anyway, not_before, deadline,
                   timeout_s, max_attempts, backoff, dedup_key, session_id, labels, created_by, $24, parent_id, group_id, artifacts
            FROM n
        ), l AS (
            INSERT INTO live (id, stage, rank, lane, events, agent_id, ready_at, deadline, timeout_s, max_attempts, backoff, waits, run_anyway, parent_id)
            SELECT id, stage, rank, lane, 1, agent_id, not_before, deadline, timeout_s, max_attempts, backoff,
                   coalesce(cardinality(depends_on::uuid[]), 0), run_anyway, parent_id
            FROM n
        )
        INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id)
        SELECT id, 1, 'state', CASE stage WHEN 0 THEN 'blocked' WHEN 1 THEN 'scheduled' ELSE 'queued' END, 0, agent_id FROM n
        """;

    /// <summary>Who may have the key: it is new, its window is over, or the caller insists.</summary>
    private const string TakeKeys =
        """
        INSERT INTO dedup (caller, key, task_id, expires_at)
        SELECT k.caller, k.key, k.id, now() + make_interval(secs => k.seconds) FROM unnest($1, $2, $3, $4) AS k (caller, key, id, seconds)
        ORDER BY k.caller, k.key
        ON CONFLICT (caller, key) DO UPDATE SET task_id = excluded.task_id, expires_at = excluded.expires_at
        WHERE dedup.expires_at <= now() OR excluded.task_id = ANY ($5)
        RETURNING task_id
        """;

    private const string HoldersOfKeys =
        $"""
        SELECT k.caller, k.key, d.task_id, {TaskSql.StatusColumn}
        FROM unnest($1, $2) AS k (caller, key)
        JOIN dedup d ON d.caller = k.caller AND d.key = k.key
        LEFT JOIN live l ON l.id = d.task_id
        LEFT JOIN outcomes o ON o.id = d.task_id
        """;

    /// <summary>
    /// Those that have not ended know from now on that somebody waits for them. Last in the transaction: one that ends
    /// meanwhile waits for us and then knows it, and one that ended before is seen by the release after our commit.
    /// </summary>
    private const string LockDependencies =
        """
        WITH locked AS (SELECT id FROM live WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE)
        UPDATE live SET depended = true FROM locked WHERE live.id = ANY (ARRAY[locked.id])
        """;

    private const string Owners = "SELECT id, created_by FROM tasks WHERE id = ANY ($1)";

    private const string AddDependencies = "INSERT INTO dependencies (task_id, on_id) SELECT * FROM unnest($1, $2)";

    public static async Task InsertTasksAsync(this NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Insert)
            .With<Guid[]>([.. tasks.Select(t => t.Id)])
            .WithTexts([.. tasks.Select(t => t.Request.Type ?? "")])
            .WithTexts([.. tasks.Select(t => t.Request.Prompt)])
            .WithJson([.. tasks.Select(t => NewTask.Json(t.Request.Input))])
            .WithJson([.. tasks.Select(t => NewTask.Json(t.Request.Options))])
            .WithTexts([.. tasks.Select(t => t.Request.PostId)])
            .WithTexts([.. tasks.Select(t => t.Request.AgentId)])
            .WithJson([.. tasks.Select(t => t.LaneKey.RequiresJson)])
            .With<short[]>([.. tasks.Select(t => (short)t.Priority)])
            .WithTexts([.. tasks.Select(t => t.DependsOn.Count == 0 ? null : $"{{{string.Join(',', t.DependsOn)}}}")])
            .With<bool[]>([.. tasks.Select(t => t.RunsAnyway)])
            .WithTimes([.. tasks.Select(t => t.Request.NotBefore)])
            .WithTimes([.. tasks.Select(t => t.Request.Deadline)])
            .WithNumbers([.. tasks.Select(t => t.Request.Timeout)])
            .With<short[]>([.. tasks.Select(t => (short)(t.Request.MaxAttempts ?? SubmitTaskRequest.DefaultMaxAttempts))])
            .With<double[]>([.. tasks.Select(t => t.Request.Retry?.Backoff ?? RetryPolicy.DefaultBackoff)])
            .WithTexts([.. tasks.Select(t => t.Request.DedupKey)])
            .WithTexts([.. tasks.Select(t => t.Request.SessionId)])
            .WithJsonb([.. tasks.Select(t => t.Request.Labels is { Count: > 0 } ? NewTask.Json(t.Request.Labels) : null)])
            .WithTexts([.. tasks.Select(t => t.Caller)])
            .With<short[]>([.. tasks.Select(t => (short)t.Stage)])
            .With<long[]>([.. tasks.Select(t => t.Rank)])
            .With<long[]>([.. tasks.Select(t => t.LaneId)])
            .With(tasks[0].At)
            .WithIds([.. tasks.Select(t => t.Parent)])
            .WithTexts([.. tasks.Select(t => t.GroupId)])
            .WithJson([.. tasks.Select(t => t.Request.Artifacts is { Count: > 0 } ? NewTask.Json(t.Request.Artifacts) : null)]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The tasks that have their key now.</summary>
    public static async Task<HashSet<Guid>> TakeKeysAsync(this NpgsqlConnection connection, IReadOnlyList<NewTask> keyed, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(TakeKeys)
            .WithTexts([.. keyed.Select(t => t.Caller)])
            .WithTexts([.. keyed.Select(t => t.Request.DedupKey)])
            .With<Guid[]>([.. keyed.Select(t => t.Id)])
            .With<int[]>([.. keyed.Select(t => t.Request.DedupWindow ?? SubmitTaskRequest.DefaultDedupWindow)])
            .With<Guid[]>([.. keyed.Where(t => t.Request.DedupPolicy is DedupPolicy.ForceNew).Select(t => t.Id)]);
        return [.. await command.ListAsync(row => row.GetGuid(0), cancellationToken)];
    }

    public static async Task<Dictionary<(string Caller, string Key), (Guid Id, string Status)>> HoldersOfKeysAsync(
        this NpgsqlConnection connection, IReadOnlyList<NewTask> keyed, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(HoldersOfKeys)
            .WithTexts([.. keyed.Select(t => t.Caller)])
            .WithTexts([.. keyed.Select(t => t.Request.DedupKey)]);
        var rows = await command.ListAsync(row => ((row.GetString(0), row.GetString(1)), (row.GetGuid(2), row.GetString(3))), cancellationToken);
        return rows.DistinctBy(row => row.Item1).ToDictionary(row => row.Item1, row => row.Item2);
    }

    /// <summary>Who submitted each of them, where there is such a task.</summary>
    public static async Task<Dictionary<Guid, string>> OwnersAsync(this NpgsqlConnection connection, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Owners).With(ids);
        return (await command.ListAsync(row => (row.GetGuid(0), row.GetString(1)), cancellationToken)).ToDictionary(row => row.Item1, row => row.Item2);
    }

    public static async Task LockDependenciesAsync(this NpgsqlConnection connection, Guid[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length > 0)
        {
            await using var command = connection.Statement(LockDependencies).With(ids);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public static async Task AddDependenciesAsync(this NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        var edges = tasks.SelectMany(task => task.DependsOn.Select(on => (task.Id, On: on))).ToList();
        if (edges.Count > 0)
        {
            await using var command = connection.Statement(AddDependencies)
                .With<Guid[]>([.. edges.Select(edge => edge.Id)])
                .With<Guid[]>([.. edges.Select(edge => edge.On)]);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
