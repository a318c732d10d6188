using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// What a filter asks for and its reader may see, as conditions in SQL: <c>t</c> is the task, <c>p</c> what there is of it in
/// the one of the two tables that it is in, <c>@</c> whichever leads.
/// </summary>
internal sealed class TaskAsked
{
    private static readonly string[] Ends = [TaskStatus.Done, TaskStatus.Failed, TaskStatus.Canceled];

    private readonly NpgsqlCommand _command;
    private readonly TaskFilter _filter;

    public TaskAsked(NpgsqlCommand command, TaskFilter filter, Submitter reader, Guid? before)
    {
        (_command, _filter) = (command, filter);
        OfId.AddRange(Ids(before));
        OfTask.AddRange(TaskFacts());
        // Who has it, had it last, or was asked for.
        OfAgent = filter.AgentId is { } agent ? $"p.agent_id = {Add(agent)}" : null;
        if (reader is { SeesAll: false, DeviceId: { } device })
        {
            OfEither = $"(t.created_by = {Add(reader.Id)} OR p.device_id = {Add(device)})";
        }
        else if (!reader.SeesAll)
        {
            IsOwned = true;
            OfTask.Insert(_filter.ParentId is null ? 0 : 1, $"t.created_by = {Add(reader.Id)}");
        }

        var statuses = filter.Status is { Length: > 0 } ? filter.Status : null;
        if (statuses is null || !statuses.All(Ends.Contains))
        {
            Tables.Add(("live", LiveCondition(statuses)));
        }

        // Each end by itself, as the index has them: of several at once it knows no order.
        string[] ends = [.. Ends.Where(end => statuses is null || statuses.Contains(end))];
        if (ends.Length == Ends.Length || (ends.Length > 0 && (OfAgent is not null || TaskLeads)))
        {
            Tables.Add(("outcomes", ends.Length == Ends.Length ? null : $"p.status = ANY ({Add(ends)})"));
        }
        else
        {
            Tables.AddRange(ends.Select(end => ("outcomes", (string?)$"p.status = {Add(end)}")));
        }
    }

    public List<string> OfId { get; } = [];

    /// <summary>The one that leaves least first.</summary>
    public List<string> OfTask { get; } = [];

    public string? OfAgent { get; }

    public string? OfEither { get; }

    /// <summary>The tables to be read, each with what is asked of its state.</summary>
    public List<(string Table, string? State)> Tables { get; } = [];

    public bool IsOwned { get; }

    /// <summary>Whether the task leaves less than how it ended: what has not ended is little, an agent's is; else somebody's own, and else an end that is rare.</summary>
    public bool TaskLeads => _filter.ParentId is not null
        || (OfAgent is null && OfEither is null && (IsOwned || _filter.PostId is not null || _filter.Status is null || _filter.Status.Contains(TaskStatus.Done)));

    /// <summary>Only what has not ended is asked for, which is little beside the rest.</summary>
    public static bool IsLive(string[]? statuses) => statuses is { Length: > 0 } && !statuses.Any(Ends.Contains);

    private IEnumerable<string> Ids(Guid? before)
    {
        if (before is { } id)
        {
            yield return $"@.id < {Add(id)}";
        }

        if (_filter.From is { } from)
        {
            yield return $"@.id >= {Add(TaskPartitions.FirstId(from))}";
        }

        if (_filter.To is { } to)
        {
            yield return $"@.id < {Add(TaskPartitions.FirstId(to))}";
        }
    }

    private IEnumerable<string> TaskFacts()
    {
        if (_filter.ParentId is { } parent)
        {
            yield return $"t.parent_id = {Add(Guid.Parse(parent))}";
        }

        if (_filter.PostId is { } post)
        {
            yield return $"t.post_id = {Add(post)}";
        }

        if (_filter.Type is { } type)
        {
            yield return $"t.type = {Add(type)}";
        }

        foreach (var label in _filter.Label ?? [])
        {
            var parts = label.Split('=', 2);
            yield return parts.Length == 2
                ? $"t.labels @> jsonb_build_object({Add(parts[0])}::text, {Add(parts[1])}::text)"
                : $"t.labels ? {Add(label)}";
        }
    }

    public string Add<T>(T value)
    {
        _command.With(value);
        return $"${_command.Parameters.Count}";
    }

    private static string? LiveCondition(string[]? statuses) => statuses is not { Length: > 0 }
        ? null
        : "(" + string.Join(" OR ", statuses.Where(status => !Ends.Contains(status)).Select(status => status switch
        {
            TaskStatus.Blocked => "p.stage = 0",
            TaskStatus.Scheduled => "p.stage = 1",
            TaskStatus.Queued => "p.stage = 2",
            TaskStatus.Assigned => "(p.stage = 3 AND p.started_at IS NULL)",
            TaskStatus.Running => "(p.stage = 3 AND p.started_at IS NOT NULL AND p.asking = 0)",
            TaskStatus.Waiting => "(p.stage = 4 OR (p.stage = 3 AND p.asking > 0))",
            _ => "false",
        })) + ")";
}
