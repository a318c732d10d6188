using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// Lists, newest first. What is live and what has ended lie in two tables, and ids rise with time: so each part is read
/// from the index that fits its filter, as far as the page reaches, and the two are merged.
/// </summary>
internal static class TaskListSql
{
    private static readonly string[] Ends = [TaskStatus.Done, TaskStatus.Failed, TaskStatus.Canceled];

    public static async Task<List<TaskRow>> ListAsync(
        this NpgsqlDataSource postgres, TaskFilter filter, Submitter reader, Guid? before, int skip, int take, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand();
        var from = Parts(filter, reader, before, skip + take, command);
        command.CommandText =
            $"""
            SELECT t.id, t.type, left(t.prompt, {TaskRow.PromptLength}), {TaskSql.StatusColumn}, coalesce(o.attempt, l.attempt),
                   coalesce(o.agent_id, l.agent_id, t.agent_id), coalesce(o.device_id, l.device_id), t.post_id, t.parent_id, t.priority, t.labels,
                   o.error_kind, o.error, t.created_by, t.created_at, coalesce(o.started_at, l.started_at), o.finished_at
            FROM ({from}) found
            JOIN tasks t ON t.id = found.id LEFT JOIN live l ON l.id = found.id LEFT JOIN outcomes o ON o.id = found.id
            ORDER BY found.id DESC OFFSET {skip} LIMIT {take}
            """;
        return await command.ListAsync(Read, cancellationToken);
    }

    /// <summary>Up to one more than the cap.</summary>
    public static async Task<long> CountAsync(
        this NpgsqlDataSource postgres, TaskFilter filter, Submitter reader, int cap, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM (SELECT FROM ({Parts(filter, reader, null, cap + 1, command)}) found LIMIT {cap + 1}) counted";
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The ids that match, of each of the two parts no more than are wanted.</summary>
    private static string Parts(TaskFilter filter, Submitter reader, Guid? before, int wanted, NpgsqlCommand command)
    {
        var statuses = filter.Status is { Length: > 0 } ? filter.Status : null;
        List<string> parts = [];
        var common = Conditions(filter, reader, before, command);
        if (statuses is null || statuses.Any(status => !Ends.Contains(status)))
        {
            parts.Add(Part("live", common, LiveCondition(statuses), AgentCondition(filter, command), wanted));
        }

        if (statuses is null || statuses.Any(Ends.Contains))
        {
            var ends = statuses is null ? null : $"p.status = ANY ({Add(command, statuses.Where(Ends.Contains).ToArray())})";
            parts.Add(Part("outcomes", common, ends, AgentCondition(filter, command), wanted));
        }

        return string.Join(" UNION ALL ", parts);
    }

    private static string Part(string table, IReadOnlyList<string> common, string? state, string? agent, int wanted) =>
        $"(SELECT t.id FROM {table} p JOIN tasks t ON t.id = p.id WHERE {string.Join(" AND ", [.. common, .. new[] { state, agent }.OfType<string>(), "true"])} ORDER BY t.id DESC LIMIT {wanted})";

    private static List<string> Conditions(TaskFilter filter, Submitter reader, Guid? before, NpgsqlCommand command)
    {
        List<string> all = [];
        if (!reader.SeesAll)
        {
            all.Add(reader.DeviceId is { } device ? $"(t.created_by = {Add(command, reader.Id)} OR p.device_id = {Add(command, device)})" : $"t.created_by = {Add(command, reader.Id)}");
        }

        if (before is { } id)
        {
            all.Add($"t.id < {Add(command, id)}");
        }

        if (filter.From is { } from)
        {
            all.Add($"t.id >= {Add(command, TaskPartitions.FirstId(from))}");
        }

        if (filter.To is { } to)
        {
            all.Add($"t.id < {Add(command, TaskPartitions.FirstId(to))}");
        }

        if (filter.PostId is { } post)
        {
            all.Add($"t.post_id = {Add(command, post)}");
        }

        if (filter.ParentId is { } parent)
        {
            all.Add($"t.parent_id = {Add(command, Guid.Parse(parent))}");
        }

        if (filter.Type is { } type)
        {
            all.Add($"t.type = {Add(command, type)}");
        }

        foreach (var label in filter.Label ?? [])
        {
            var parts = label.Split('=', 2);
            all.Add(parts.Length == 2
                ? $"t.labels @> jsonb_build_object({Add(command, parts[0])}::text, {Add(command, parts[1])}::text)"
                : $"t.labels ? {Add(command, label)}");
        }

        return all;
    }

    /// <summary>Who has it, had it last, or was asked for.</summary>
    private static string? AgentCondition(TaskFilter filter, NpgsqlCommand command) => filter.AgentId is { } agent ? $"p.agent_id = {Add(command, agent)}" : null;

    private static string? LiveCondition(string[]? statuses) => statuses is null
        ? null
        : "(" + string.Join(" OR ", statuses.Where(status => !Ends.Contains(status)).Select(status => status switch
        {
            TaskStatus.Blocked => "p.stage = 0",
            TaskStatus.Scheduled => "p.stage = 1",
            TaskStatus.Queued => "p.stage = 2",
            TaskStatus.Assigned => "(p.stage = 3 AND p.started_at IS NULL)",
            TaskStatus.Running => "(p.stage = 3 AND p.started_at IS NOT NULL)",
            TaskStatus.Waiting => "p.stage = 4",
            _ => "false",
        })) + ")";

    private static string Add<T>(NpgsqlCommand command, T value)
    {
        command.With(value);
        return $"${command.Parameters.Count}";
    }

    private static TaskRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0).ToString(), row.GetString(1), row.Text(2), row.GetString(3), row.GetInt32(4), row.Text(5), row.Text(6), row.Text(7),
        row.Id(8)?.ToString(), row.GetInt16(9), TaskSql.Labels(row.Text(10)), row.Text(11) is { } kind ? new(kind, row.Text(12) ?? "") : null,
        row.GetString(13), row.GetFieldValue<DateTimeOffset>(14), row.Time(15), row.Time(16));
}
