using Agents.Scheduler.Search;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// What a filter and its reader leave, as SQL: <c>t</c> is the task, <c>p</c> what there is of it in the one of the two
/// tables that it is in. Only what is asked about is read; where both are, one of them leads, in the order of its index, and
/// the other is looked up by its key.
/// </summary>
internal sealed class TaskConditions
{
    /// <summary>To be counted, where both tables have to be read: each is a look into another one.</summary>
    private const int MostLooked = 3_000;

    private static readonly string[] Ends = [TaskStatus.Done, TaskStatus.Failed, TaskStatus.Canceled];

    private readonly NpgsqlCommand _command;
    private readonly TaskFilter _filter;
    private readonly List<string> _ofId = [];
    /// <summary>The one that leaves least first.</summary>
    private readonly List<string> _ofTask = [];
    private readonly List<(string Table, string? State)> _tables = [];
    private readonly string? _ofEither;
    private readonly string? _ofAgent;
    private readonly bool _isOwned;

    public TaskConditions(NpgsqlCommand command, TaskFilter filter, Submitter reader, Guid? before)
    {
        (_command, _filter) = (command, filter);
        _ofId.AddRange(Ids(before));
        _ofTask.AddRange(OfTask());
        // Who has it, had it last, or was asked for.
        _ofAgent = filter.AgentId is { } agent ? $"p.agent_id = {Add(agent)}" : null;
        if (reader is { SeesAll: false, DeviceId: { } device })
        {
            _ofEither = $"(t.created_by = {Add(reader.Id)} OR p.device_id = {Add(device)})";
        }
        else if (!reader.SeesAll)
        {
            _isOwned = true;
            _ofTask.Insert(_filter.ParentId is null ? 0 : 1, $"t.created_by = {Add(reader.Id)}");
        }

        var statuses = filter.Status is { Length: > 0 } ? filter.Status : null;
        if (statuses is null || !statuses.All(Ends.Contains))
        {
            _tables.Add(("live", LiveCondition(statuses)));
        }

        // Each end by itself, as the index has them: of several at once it knows no order.
        string[] ends = [.. Ends.Where(end => statuses is null || statuses.Contains(end))];
        if (ends.Length == Ends.Length || (ends.Length > 0 && (_ofAgent is not null || TaskLeads("outcomes"))))
        {
            _tables.Add(("outcomes", ends.Length == Ends.Length ? null : $"p.status = ANY ({Add(ends)})"));
        }
        else
        {
            _tables.AddRange(ends.Select(end => ("outcomes", (string?)$"p.status = {Add(end)}")));
        }
    }

    private bool NeedsTask => _ofTask.Count > 0 || _ofEither is not null;

    /// <summary>Each task is in one of the two tables, so they are read only for what is known nowhere else.</summary>
    private bool NeedsPlace => _filter.Status is { Length: > 0 } || _ofAgent is not null || _ofEither is not null;

    /// <summary>The index of owners knows the rest.</summary>
    private bool IsOfIndex => _isOwned && _filter is { ParentId: null, Label: null or [] };

    /// <summary>Only what has not ended is asked for, which is little beside the rest.</summary>
    public static bool IsLive(string[]? statuses) => statuses is { Length: > 0 } && !statuses.Any(Ends.Contains);

    public void Words(IEnumerable<string> words)
    {
        foreach (var (comparison, pattern) in words.Select(SearchText.Pattern))
        {
            _ofTask.Add($"left(t.prompt, {TextTerms.Looked}) {comparison} {Add(pattern)}");
        }
    }

    public void After(Guid id) => _ofId.Add($"@.id > {Add(id)}");

    public void Between(Guid first, Guid last) => _ofId.Add($"@.id BETWEEN {Add(first)} AND {Add(last)}");

    /// <summary>The ids that match, newest first, of each of the two tables no more than are wanted.</summary>
    public string Parts(int wanted) => NeedsPlace
        ? string.Join(" UNION ALL ", _tables.Select(part => $"({Part(part.Table, part.State)} LIMIT {wanted})"))
        : $"(SELECT t.id FROM tasks t WHERE {All("t", _ofTask)} ORDER BY t.id DESC LIMIT {wanted})";

    /// <summary>
    /// How many match, and whether that is all: where both tables have to be read no more than a few thousand of the one
    /// that leads are looked at, the newest.
    /// </summary>
    public string Counts(int most)
    {
        if (!NeedsPlace && _ofTask.Count > 1 && !IsOfIndex)
        {
            // One index leads; what it has lies all over the table.
            return $"SELECT count(*) FILTER (WHERE {string.Join(" AND ", _ofTask.Skip(1))}), count(*) < {MostLooked} FROM (SELECT * FROM tasks t WHERE {All("t", _ofTask.Take(1))} ORDER BY t.id DESC LIMIT {MostLooked}) t";
        }

        if (!NeedsPlace || !NeedsTask)
        {
            return $"SELECT count(*), count(*) < {most} FROM (SELECT FROM ({Parts(most)}) found LIMIT {most}) counted";
        }

        var looked = _tables.Select(part => $"SELECT count(id) AS found, count(*) < {MostLooked} AS whole FROM {Looked(part.Table, part.State, MostLooked)} looked");
        return $"SELECT sum(found)::bigint, bool_and(whole) FROM ({string.Join(" UNION ALL ", looked)}) every";
    }

    /// <summary>Those of some ids that match. One by one and by keys: there is no better way, and the planner might find a worse one (ADR 23).</summary>
    public string Among(Guid[] ids)
    {
        var all = Add(ids);
        var task = "CROSS JOIN LATERAL (SELECT * FROM tasks WHERE tasks.id = c.id OFFSET 0) t";
        return NeedsPlace
            ? string.Join(" UNION ALL ", _tables.Select(part =>
                $"""
                 (SELECT t.id FROM unnest({all}) AS c (id)
                  CROSS JOIN LATERAL (SELECT * FROM {part.Table} WHERE {part.Table}.id = c.id OFFSET 0) p
                  {task} WHERE {All("t", [.. _ofTask, part.State, _ofAgent, _ofEither])})
                 """))
            : $"SELECT t.id FROM unnest({all}) AS c (id) {task} WHERE {All("t", _ofTask)}";
    }

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

    /// <summary>Which of the two leaves less: what has not ended is little, an agent's is; else somebody's own, and else an end that is rare.</summary>
    private bool TaskLeads(string table) => table == "outcomes" && (_filter.ParentId is not null
        || (_ofAgent is null && _ofEither is null && (_isOwned || _filter.PostId is not null || _filter.Status is null || _filter.Status.Contains(TaskStatus.Done))));

    private string Part(string table, string? state)
    {
        if (!NeedsTask)
        {
            return $"SELECT p.id FROM {table} p WHERE {All("p", [state, _ofAgent])} ORDER BY p.id DESC";
        }

        return TaskLeads(table)
            ? $"SELECT t.id FROM tasks t CROSS JOIN LATERAL ({Other(table, "t", state, _ofAgent)}) o WHERE {All("t", _ofTask)} ORDER BY t.id DESC"
            : $"SELECT p.id FROM {table} p CROSS JOIN LATERAL ({Other("tasks", "p", [.. _ofTask, _ofEither])}) o WHERE {All("p", [state, _ofAgent])} ORDER BY p.id DESC";
    }

    private string Looked(string table, string? state, int most) => TaskLeads(table)
        ? $"(SELECT o.id FROM (SELECT t.id FROM tasks t WHERE {All("t", _ofTask)} ORDER BY t.id DESC LIMIT {most}) t LEFT JOIN LATERAL ({Other(table, "t", state, _ofAgent)}) o ON true)"
        : $"(SELECT o.id FROM (SELECT * FROM {table} p WHERE {All("p", [state, _ofAgent])} ORDER BY p.id DESC LIMIT {most}) p LEFT JOIN LATERAL ({Other("tasks", "p", [.. _ofTask, _ofEither])}) o ON true)";

    private static string Other(string table, string leading, params IEnumerable<string?> conditions)
    {
        var name = table == "tasks" ? "t" : "p";
        return $"SELECT {name}.id FROM {table} {name} WHERE {string.Join(" AND ", [$"{name}.id = {leading}.id", .. conditions.OfType<string>()])} OFFSET 0";
    }

    private string All(string leading, IEnumerable<string?> conditions)
    {
        string[] all = [.. _ofId.Select(each => each.Replace("@", leading, StringComparison.Ordinal)), .. conditions.OfType<string>()];
        return all.Length > 0 ? string.Join(" AND ", all) : "true";
    }

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

    private IEnumerable<string> OfTask()
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

    private string Add<T>(T value)
    {
        _command.With(value);
        return $"${_command.Parameters.Count}";
    }
}
