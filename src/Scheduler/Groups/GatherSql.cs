using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Groups;

/// <summary>A task that is to be a group's, as it was submitted.</summary>
internal sealed record Gathering(SubmitTaskRequest Request, string Owner, IReadOnlyList<Guid> DependsOn, Attempt? Held);

/// <summary>C12 of docs/protocol.md: how a task becomes a group's, and what its members are to do.</summary>
internal static class GatherSql
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
               t.priority, t.run_anyway, t.not_before, t.deadline, t.timeout_s, t.max_attempts, t.backoff, t.labels, t.artifacts, t.created_by, t.depends_on
        FROM l JOIN tasks t ON t.id = l.id
        """;

    private const string Submitted =
        $"""
        SELECT t.type, {WholePrompt}, {WholeInput}, t.options, t.priority, t.run_anyway, t.not_before, t.deadline, t.timeout_s, t.max_attempts, t.backoff, t.labels,
               t.artifacts, t.created_by
        FROM tasks t WHERE t.id = $1
        """;

    /// <summary>Null where it has ended, or is a group's already.</summary>
    public static async Task<Gathering?> GatherAsync(
        this NpgsqlConnection connection, Guid task, string groupId, TimeSpan lingerFor, string by, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Gather).With(task).With(groupId).With(lingerFor).With(by);
        return (await command.ListAsync(
            row => new Gathering(
                RequestOf(row, 7, row.GetBoolean(6)), row.GetString(20),
                row.GetBoolean(6) && !row.IsDBNull(21) ? row.GetFieldValue<Guid[]>(21) : [],
                row.GetBoolean(5) ? AttemptSql.ReadAttempt(row) : null),
            cancellationToken)).SingleOrDefault();
    }

    /// <summary>What its members are to do, and for whom.</summary>
    public static async Task<Gathering> SubmittedAsync(this NpgsqlConnection connection, Guid task, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Submitted).With(task);
        return (await command.ListAsync(row => new Gathering(RequestOf(row, 0, isBlocked: false), row.GetString(13), [], null), cancellationToken)).Single();
    }

    private static SubmitTaskRequest RequestOf(NpgsqlDataReader row, int at, bool isBlocked) => new(
        Type: row.GetString(at), Prompt: row.Text(at + 1), Input: row.Json(at + 2), Options: row.Json(at + 3), Priority: new(row.GetInt16(at + 4)),
        OnDependencyFailure: isBlocked && row.GetBoolean(at + 5) ? DependencyFailure.Run : null, NotBefore: row.Time(at + 6), Deadline: row.Time(at + 7),
        Timeout: row.Number(at + 8), MaxAttempts: row.GetInt16(at + 9), Retry: new(row.GetDouble(at + 10)), Labels: TaskSql.Labels(row.Text(at + 11)),
        Artifacts: TaskSql.Artifacts(row.Text(at + 12)));
}
