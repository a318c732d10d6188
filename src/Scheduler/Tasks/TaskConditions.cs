using Agents.Scheduler.Search;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// What a filter and its reader leave, as SQL: <c>t</c> is the task, <c>p</c> what there is of it in the one of the two
/// tables that it is in.
/// </summary>
internal sealed class TaskConditions
{
    private static readonly string[] Ends = [TaskStatus.Done, TaskStatus.Failed, TaskStatus.Canceled];

    private readonly NpgsqlCommand _command;
    private readonly List<string> _common;
    private readonly List<(string Table, string? State)> _tables = [];

    public TaskConditions(NpgsqlCommand command, TaskFilter filter, Submitter reader, Guid? before)
    {
        _command = command;
        _common = [.. Common(filter, reader, before)];
        var statuses = filter.Status is { Length: > 0 } ? filter.Status : null;
        if (!IsEnded(statuses))
        {
            _tables.Add(("live", LiveCondition(statuses)));
        }

        if (!IsLive(statuses))
        {
            _tables.Add(("outcomes", statuses is null ? null : $"p.status = ANY ({Add(statuses.Where(Ends.Contains).ToArray())})"));
        }
    }

    /// <summary>Only what has not ended is asked for, which is little beside the rest.</summary>
    public static bool IsLive(string[]? statuses) => statuses is { Length: > 0 } && !statuses.Any(Ends.Contains);

    public void Words(IEnumerable<string> words)
    {
        foreach (var (comparison, pattern) in words.Select(SearchText.Pattern))
        {
            _common.Add($"left(t.prompt, {TextTerms.Looked}) {comparison} {Add(pattern)}");
        }
    }

    public void After(Guid id) => _common.Add($"t.id > {Add(id)}");

    public void Between(Guid first, Guid last) => _common.Add($"t.id BETWEEN {Add(first)} AND {Add(last)}");

    /// <summary>The ids that match, newest first, of each of the two tables no more than are wanted.</summary>
    public string Parts(int wanted) => string.Join(" UNION ALL ", _tables.Select(part =>
        $"(SELECT t.id FROM {part.Table} p JOIN tasks t ON t.id = p.id WHERE {Where(part.State)} ORDER BY t.id DESC LIMIT {wanted})"));

    /// <summary>Those of some ids that match. One by one and by keys: there is no better way, and the planner might find a worse one (ADR 23).</summary>
    public string Among(Guid[] ids)
    {
        var all = Add(ids);
        return string.Join(" UNION ALL ", _tables.Select(part =>
            $"""
             (SELECT t.id FROM unnest({all}) AS c (id)
              CROSS JOIN LATERAL (SELECT * FROM {part.Table} WHERE {part.Table}.id = c.id OFFSET 0) p
              CROSS JOIN LATERAL (SELECT * FROM tasks WHERE tasks.id = c.id OFFSET 0) t
              WHERE {Where(part.State)})
             """));
    }

    private static bool IsEnded(string[]? statuses) => statuses is { Length: > 0 } && statuses.All(Ends.Contains);

    private static string? LiveCondition(string[]? statuses) => statuses is not { Length: > 0 }
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

    private string Where(string? state) => string.Join(" AND ", [.. _common, state ?? "true"]);

    private IEnumerable<string> Common(TaskFilter filter, Submitter reader, Guid? before)
    {
        if (!reader.SeesAll)
        {
            yield return reader.DeviceId is { } device ? $"(t.created_by = {Add(reader.Id)} OR p.device_id = {Add(device)})" : $"t.created_by = {Add(reader.Id)}";
        }

        if (before is { } id)
        {
            yield return $"t.id < {Add(id)}";
        }

        if (filter.From is { } from)
        {
            yield return $"t.id >= {Add(TaskPartitions.FirstId(from))}";
        }

        if (filter.To is { } to)
        {
            yield return $"t.id < {Add(TaskPartitions.FirstId(to))}";
        }

        // Who has it, had it last, or was asked for.
        if (filter.AgentId is { } agent)
        {
            yield return $"p.agent_id = {Add(agent)}";
        }

        if (filter.PostId is { } post)
        {
            yield return $"t.post_id = {Add(post)}";
        }

        if (filter.ParentId is { } parent)
        {
            yield return $"t.parent_id = {Add(Guid.Parse(parent))}";
        }

        if (filter.Type is { } type)
        {
            yield return $"t.type = {Add(type)}";
        }

        foreach (var label in filter.Label ?? [])
        {
            var parts = label.Split('=', 2);
            yield return parts.Length == 2
                ? $"t.labels @> jsonb_build_object({Add(parts[0])}::text, {Add(parts[1])}::text)"
                : $"t.labels ? {Add(label)}";
        }
    }

    private string Add<T>(T value)
    {
        _command.With(value);
        return $"${_command.Parameters.Count}";
    }
}
