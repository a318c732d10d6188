using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>One task as it stands now: what was submitted, beside where it is or how it ended.</summary>
internal static class TaskSql
{
    public const string StatusColumn =
        """
        coalesce(o.status, CASE l.stage WHEN 0 THEN 'blocked' WHEN 1 THEN 'scheduled' WHEN 2 THEN 'queued' WHEN 4 THEN 'waiting'
                 ELSE CASE WHEN l.started_at IS NULL THEN 'assigned' WHEN l.asking > 0 THEN 'waiting' ELSE 'running' END END)
        """;

    private const string One =
        $"""
        SELECT t.id, t.type, t.prompt, t.input, {StatusColumn}, coalesce(o.attempt, l.attempt), coalesce(o.agent_id, l.agent_id, t.agent_id),
               coalesce(o.device_id, l.device_id), t.post_id, t.group_id, t.parent_id, t.depends_on, t.requires, t.priority, t.not_before, t.deadline,
               t.timeout_s, t.max_attempts, t.backoff, t.dedup_key, t.labels, coalesce(o.session_id, t.session_id), o.result, o.error_kind, o.error,
               o.usage, t.created_by, t.created_at, coalesce(o.started_at, l.started_at), o.finished_at,
               t.prompt_ref, t.input_ref, o.result_ref, t.artifacts
        FROM tasks t LEFT JOIN live l ON l.id = t.id LEFT JOIN outcomes o ON o.id = t.id
        WHERE t.id = $1 AND ($2 OR t.created_by = $3 OR coalesce(o.device_id, l.device_id) = $4) AND (l.id IS NOT NULL OR o.id IS NOT NULL)
        """;

    /// <summary>Null where there is none, or it is not the reader's to see.</summary>
    public static async Task<TaskView?> FindAsync(this NpgsqlDataSource postgres, Guid id, Submitter reader, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(One).With(id).With(reader.SeesAll).With(reader.Id).With(reader.DeviceId ?? "");
        return (await command.ListAsync(Read, cancellationToken)).SingleOrDefault();
    }

    private static TaskView Read(NpgsqlDataReader row) => new(
        row.GetGuid(0).ToString(), row.GetString(1), row.Text(2), row.Json(3), row.GetString(4), row.GetInt32(5), row.Text(6), row.Text(7), row.Text(8),
        row.Text(9), row.Id(10)?.ToString(), row.IsDBNull(11) ? [] : [.. row.GetFieldValue<Guid[]>(11).Select(on => on.ToString())],
        row.Text(12) is { } requires ? JsonSerializer.Deserialize<Requirements>(requires, WireJson.Options) : null, row.GetInt16(13), row.Time(14), row.Time(15),
        row.Number(16), row.GetInt16(17), new(row.GetDouble(18)), row.Text(19), Labels(row.Text(20)), row.Text(21), row.Json(22),
        row.Text(23) is { } kind ? new(kind, row.Text(24) ?? "") : null, row.Json(25), row.GetString(26), row.GetFieldValue<DateTimeOffset>(27), row.Time(28), row.Time(29),
        LongContentSql.Ref(row.Text(30)), LongContentSql.Ref(row.Text(31)), LongContentSql.Ref(row.Text(32)),
        Artifacts(row.Text(33)));

    public static JsonElement? Json(this NpgsqlDataReader row, int column) => row.Text(column) is { } json ? JsonElement.Parse(json) : null;

    public static IReadOnlyList<string>? Artifacts(string? json) => json is null ? null : JsonSerializer.Deserialize<string[]>(json);

    public static IReadOnlyDictionary<string, string> Labels(string? json) =>
        json is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
}
