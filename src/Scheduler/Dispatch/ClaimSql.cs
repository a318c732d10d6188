using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Dispatch;

/// <summary>A task that is to be given to a worker, if it still waits in this lane.</summary>
internal sealed record Pick(Guid Task, long Lane, Worker Worker);

/// <summary>A task that was given to a worker, and what its holder has to know.</summary>
internal sealed record Claimed(
    Guid Id, int Attempt, string AgentId, string? DeviceId, string Holder, string Type, string? Prompt, string? Input, string? Options, string? SessionId,
    int? TimeoutSeconds, string? PromptRef = null, string? InputRef = null, string? Artifacts = null, string? PackageRef = null)
{
    public TaskOrder ToOrder(TimeSpan lease) => new(
        Id.ToString(), Attempt, (int)lease.TotalSeconds, AgentId, Type, PromptRef is null ? Prompt : null, InputRef is null ? Json(Input) : null, Json(Options),
        SessionId, TimeoutSeconds, LongContentSql.Ref(PromptRef), LongContentSql.Ref(InputRef), TaskSql.Artifacts(Artifacts),
        LongContentSql.Ref(PackageRef));

    public static Claimed Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.Text(3), row.GetString(4), row.GetString(5), row.Text(6), row.Text(7), row.Text(8),
        row.Text(9), row.Number(10), row.Text(11), row.Text(12), row.Text(13), row.Text(14));

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);
}

/// <summary>A place that an attempt takes.</summary>
internal sealed record TakenPlace(Guid Task, int Attempt, string Agent, string? Device);

/// <summary>C2 of docs/protocol.md, and what a leader reads when it begins.</summary>
internal static class ClaimSql
{
    /// <summary>What was brought here from where it was before; nothing is looked up where nothing was.</summary>
    private const string PackageRef =
        """
        CASE WHEN c.package IS NOT NULL THEN (SELECT json_build_object('artifact_id', a.id, 'size', a.size, 'sha256', encode(a.sha256, 'hex'),
                 'url', '/api/v1/tasks/' || a.task_id || '/artifacts/' || a.id) FROM artifacts a WHERE a.id = c.package AND a.state = 1) END
        """;

    /// <summary>
    /// The epoch is checked under a lock that a new leader has to wait for: either this is committed before its term begins,
    /// and it sees it, or nothing is written. A plan that was made while the tables were empty would stay a scan of all that
    /// is queued: the sums and the offset leave it the primary keys alone.
    /// </summary>
    private const string Claim =
        $"""
        WITH lead AS MATERIALIZED (
            SELECT 1 FROM leadership WHERE epoch = $1 FOR SHARE
        ), c AS (
            UPDATE live l
            SET stage = 3, attempt = l.attempt + 1, agent_id = p.agent, device_id = p.device, holder = p.holder, assigned_at = now(), started_at = NULL,
                seq = 0, given_up = false, brings = false, events = l.events + 1
            FROM unnest($2, $3, $4, $5, $6) AS p (id, agent, device, holder, lane), lead
            WHERE l.id = ANY (ARRAY[p.id]) AND l.lane + 0 = p.lane AND l.stage + 0 = 2
            RETURNING l.id, l.attempt, l.agent_id, l.device_id, l.holder, l.events, l.timeout_s, l.session_id, l.package
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id)
            SELECT id, events, 'state', 'assigned', attempt, agent_id, device_id FROM c
        )
        SELECT c.id, c.attempt, c.agent_id, c.device_id, c.holder, t.type, t.prompt, t.input, t.options,
               coalesce(c.session_id, CASE WHEN t.session_id IS NOT NULL THEN agent_session(t.session_id) END), c.timeout_s, t.prompt_ref, t.input_ref, t.artifacts,
               {PackageRef}
        FROM c CROSS JOIN LATERAL (SELECT * FROM tasks WHERE tasks.id = c.id OFFSET 0) t
        """;

    /// <summary>What was given out before, as its holder was told of it.</summary>
    private const string Given =
        $"""
        SELECT c.id, c.attempt, c.agent_id, c.device_id, c.holder, t.type, t.prompt, t.input, t.options,
               coalesce(c.session_id, CASE WHEN t.session_id IS NOT NULL THEN agent_session(t.session_id) END), c.timeout_s, t.prompt_ref, t.input_ref, t.artifacts,
               {PackageRef}
        FROM live c JOIN tasks t ON t.id = c.id
        WHERE c.id = $1 AND c.attempt = $2 AND c.holder = $3 AND c.stage + 0 = 3
        """;

    private const string Heads =
        """
        SELECT l.lane, h.rank, h.id
        FROM unnest($1) AS l (lane)
        CROSS JOIN LATERAL (SELECT rank, id FROM live WHERE lane = l.lane AND stage = 2 ORDER BY rank, id LIMIT $2) h
        """;

    /// <summary>The lanes that have something queued, found by leaps through the index.</summary>
    private const string FullLanes =
        """
        WITH RECURSIVE lanes AS (
            (SELECT lane FROM live WHERE stage = 2 ORDER BY lane LIMIT 1)
            UNION ALL
            SELECT (SELECT l.lane FROM live l WHERE l.stage = 2 AND l.lane > lanes.lane ORDER BY l.lane LIMIT 1) FROM lanes WHERE lanes.lane IS NOT NULL
        )
        SELECT lane FROM lanes WHERE lane IS NOT NULL
        """;

    private const string Taken =
        """
        SELECT id, attempt, agent_id, device_id FROM live WHERE stage = 3 AND holder IS NOT NULL
        UNION ALL
        SELECT task_id, attempt, agent_id, device_id FROM ending
        """;

    /// <summary>Those that were given out, in the order of the picks, whatever the plan: what was submitted first is brought first.</summary>
    public static async Task<List<Claimed>> ClaimAsync(
        this NpgsqlDataSource postgres, long epoch, IReadOnlyList<Pick> picks, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Claim)
            .With(epoch)
            .With<Guid[]>([.. picks.Select(p => p.Task)])
            .WithTexts([.. picks.Select(p => p.Worker.Id)])
            .WithTexts([.. picks.Select(p => p.Worker.DeviceId)])
            .WithTexts([.. picks.Select(p => p.Worker.Holder)])
            .With<long[]>([.. picks.Select(p => p.Lane)]);
        var claimed = await command.ListAsync(Claimed.Read, cancellationToken);
        var places = picks.Index().ToDictionary(p => p.Item.Task, p => p.Index);
        claimed.Sort((a, b) => places[a.Id].CompareTo(places[b.Id]));
        return claimed;
    }

    public static async Task<Claimed?> GivenAsync(this NpgsqlDataSource postgres, Guid task, int attempt, string holder, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Given).With(task).With(attempt).WithText(holder);
        return (await command.ListAsync(Claimed.Read, cancellationToken)).SingleOrDefault();
    }

    public static async Task<ILookup<long, (long Rank, Guid Task)>> HeadsAsync(
        this NpgsqlDataSource postgres, long[] lanes, int most, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Heads).With(lanes).With(most);
        var rows = await command.ListAsync(row => (Lane: row.GetInt64(0), Rank: row.GetInt64(1), Task: row.GetGuid(2)), cancellationToken);
        return rows.ToLookup(row => row.Lane, row => (row.Rank, row.Task));
    }

    public static async Task<List<long>> FullLanesAsync(this NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(FullLanes);
        return await command.ListAsync(row => row.GetInt64(0), cancellationToken);
    }

    public static async Task<List<TakenPlace>> TakenAsync(
        this NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Taken);
        return await command.ListAsync(row => new TakenPlace(row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.Text(3)), cancellationToken);
    }
}
