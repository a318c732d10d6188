using Agents.ServiceDefaults.Search;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// Statements for what is asked for. Only what is asked about is read; where both the task and its place are, one of them
/// leads, in the order of its index, and the other is looked up by its key.
/// </summary>
internal sealed class TaskConditions(NpgsqlCommand command, TaskFilter filter, Submitter reader, Guid? before)
{
    /// <summary>To be counted, where both tables have to be read: each is a look into another one.</summary>
    private const int MostLooked = 3_000;

    private readonly TaskAsked _asked = new(command, filter, reader, before);

    private bool NeedsTask => _asked.OfTask.Count > 0 || _asked.OfEither is not null;

    /// <summary>Each task is in one of the two tables, so they are read only for what is known nowhere else.</summary>
    private bool NeedsPlace => filter.Status is { Length: > 0 } || _asked.OfAgent is not null || _asked.OfEither is not null;

    /// <summary>The index of owners knows the rest.</summary>
    private bool IsOfIndex => _asked.IsOwned && filter is { ParentId: null, Label: null or [] };

    public void Words(IEnumerable<string> words)
    {
        foreach (var (comparison, pattern) in words.Select(SearchText.Pattern))
        {
            _asked.OfTask.Add($"left(t.prompt, {TextTerms.Looked}) {comparison} {_asked.Add(pattern)}");
        }
    }

    public void After(Guid id) => _asked.OfId.Add($"@.id > {_asked.Add(id)}");

    public void Between(Guid first, Guid last) => _asked.OfId.Add($"@.id BETWEEN {_asked.Add(first)} AND {_asked.Add(last)}");

    /// <summary>The ids that match, newest first, of each of the two tables no more than are wanted.</summary>
    public string Parts(int wanted) => NeedsPlace
        ? string.Join(" UNION ALL ", _asked.Tables.Select(part => $"({Part(part.Table, part.State)} LIMIT {wanted})"))
        : $"(SELECT t.id FROM tasks t WHERE {All("t", _asked.OfTask)} ORDER BY t.id DESC LIMIT {wanted})";

    /// <summary>
    /// How many match, and whether that is all: where both tables have to be read no more than a few thousand of the one
    /// that leads are looked at, the newest.
    /// </summary>
    public string Counts(int most)
    {
        if (!NeedsPlace && _asked.OfTask.Count > 1 && !IsOfIndex)
        {
            // One index leads; what it has lies all over the table.
            return $"SELECT count(*) FILTER (WHERE {string.Join(" AND ", _asked.OfTask.Skip(1))}), count(*) < {MostLooked} FROM (SELECT * FROM tasks t WHERE {All("t", _asked.OfTask.Take(1))} ORDER BY t.id DESC LIMIT {MostLooked}) t";
        }

        if (!NeedsPlace || !NeedsTask)
        {
            return $"SELECT count(*), count(*) < {most} FROM (SELECT FROM ({Parts(most)}) found LIMIT {most}) counted";
        }

        var looked = _asked.Tables.Select(part => $"SELECT count(id) AS found, count(*) < {MostLooked} AS whole FROM {Looked(part.Table, part.State, MostLooked)} looked");
        return $"SELECT sum(found)::bigint, bool_and(whole) FROM ({string.Join(" UNION ALL ", looked)}) every";
    }

    /// <summary>Those of some ids that match. One by one and by keys: there is no better way, and the planner might find a worse one (ADR 23).</summary>
    public string Among(Guid[] ids)
    {
        var all = _asked.Add(ids);
        var task = "CROSS JOIN LATERAL (SELECT * FROM tasks WHERE tasks.id = c.id OFFSET 0) t";
        return NeedsPlace
            ? string.Join(" UNION ALL ", _asked.Tables.Select(part =>
                $"""
                 (SELECT t.id FROM unnest({all}) AS c (id)
                  CROSS JOIN LATERAL (SELECT * FROM {part.Table} WHERE {part.Table}.id = c.id OFFSET 0) p
                  {task} WHERE {All("t", [.. _asked.OfTask, part.State, _asked.OfAgent, _asked.OfEither])})
                 """))
            : $"SELECT t.id FROM unnest({all}) AS c (id) {task} WHERE {All("t", _asked.OfTask)}";
    }

    private string Part(string table, string? state)
    {
        if (!NeedsTask)
        {
            return $"SELECT p.id FROM {table} p WHERE {All("p", [state, _asked.OfAgent])} ORDER BY p.id DESC";
        }

        return Leads(table)
            ? $"SELECT t.id FROM tasks t CROSS JOIN LATERAL ({Other(table, "t", state, _asked.OfAgent)}) o WHERE {All("t", _asked.OfTask)} ORDER BY t.id DESC"
            : $"SELECT p.id FROM {table} p CROSS JOIN LATERAL ({Other("tasks", "p", [.. _asked.OfTask, _asked.OfEither])}) o WHERE {All("p", [state, _asked.OfAgent])} ORDER BY p.id DESC";
    }

    private string Looked(string table, string? state, int most) => Leads(table)
        ? $"(SELECT o.id FROM (SELECT t.id FROM tasks t WHERE {All("t", _asked.OfTask)} ORDER BY t.id DESC LIMIT {most}) t LEFT JOIN LATERAL ({Other(table, "t", state, _asked.OfAgent)}) o ON true)"
        : $"(SELECT o.id FROM (SELECT * FROM {table} p WHERE {All("p", [state, _asked.OfAgent])} ORDER BY p.id DESC LIMIT {most}) p LEFT JOIN LATERAL ({Other("tasks", "p", [.. _asked.OfTask, _asked.OfEither])}) o ON true)";

    private static string Other(string table, string leading, params IEnumerable<string?> conditions)
    {
        var name = table == "tasks" ? "t" : "p";
        return $"SELECT {name}.id FROM {table} {name} WHERE {string.Join(" AND ", [$"{name}.id = {leading}.id", .. conditions.OfType<string>()])} OFFSET 0";
    }

    private string All(string leading, IEnumerable<string?> conditions)
    {
        string[] all = [.. _asked.OfId.Select(each => each.Replace("@", leading, StringComparison.Ordinal)), .. conditions.OfType<string>()];
        return all.Length > 0 ? string.Join(" AND ", all) : "true";
    }

    private bool Leads(string table) => table == "outcomes" && _asked.TaskLeads;
}
