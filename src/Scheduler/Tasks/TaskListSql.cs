using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// Lists, newest first. What is live and what has ended lie in two tables, and ids rise with time: so each part is read
/// from the index that fits its filter, as far as the page reaches, and the two are merged.
/// </summary>
internal static class TaskListSql
{
    public static async Task<List<TaskRow>> ListAsync(
        this NpgsqlDataSource postgres, TaskFilter filter, Submitter reader, Guid? before, int skip, int take, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand();
        command.CommandText = Rows(new TaskConditions(command, filter, reader, before).Parts(skip + take), skip, take);
        return await command.ListAsync(Read, cancellationToken);
    }

    /// <summary>Those of them that are there, newest first.</summary>
    public static async Task<List<TaskRow>> ListAsync(this NpgsqlDataSource postgres, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Rows("SELECT unnest($1) AS id", 0, ids.Length)).With(ids);
        return await command.ListAsync(Read, cancellationToken);
    }

    /// <summary>Up to the cap, and whether there are or may be more: those were not looked at.</summary>
    public static async Task<(long Total, bool IsCapped)> CountAsync(
        this NpgsqlDataSource postgres, TaskFilter filter, Submitter reader, int cap, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand();
        command.CommandText = new TaskConditions(command, filter, reader, null).Counts(cap + 1);
        var (found, isAll) = (await command.ListAsync(row => (row.GetInt64(0), row.GetBoolean(1)), cancellationToken)).Single();
        return (Math.Min(found, cap), !isAll || found > cap);
    }

    private static string Rows(string from, int skip, int take) =>
        $"""
            SELECT t.id, t.type, left(t.prompt, {TaskRow.PromptLength}), {TaskSql.StatusColumn}, coalesce(o.attempt, l.attempt),
                   coalesce(o.agent_id, l.agent_id, t.agent_id), coalesce(o.device_id, l.device_id), t.post_id, t.parent_id, t.priority, t.labels,
                   o.error_kind, o.error, t.created_by, t.created_at, coalesce(o.started_at, l.started_at), o.finished_at
            FROM (SELECT id FROM ({from}) every ORDER BY id DESC OFFSET {skip} LIMIT {take}) found
            CROSS JOIN LATERAL (SELECT * FROM tasks WHERE tasks.id = found.id OFFSET 0) t
            LEFT JOIN LATERAL (SELECT * FROM live WHERE live.id = found.id OFFSET 0) l ON true
            LEFT JOIN LATERAL (SELECT * FROM outcomes WHERE outcomes.id = found.id OFFSET 0) o ON true
            WHERE l.id IS NOT NULL OR o.id IS NOT NULL
            ORDER BY found.id DESC
            """;

    private static TaskRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0).ToString(), row.GetString(1), row.Text(2), row.GetString(3), row.GetInt32(4), row.Text(5), row.Text(6), row.Text(7),
        row.Id(8)?.ToString(), row.GetInt16(9), TaskSql.Labels(row.Text(10)), row.Text(11) is { } kind ? new(kind, row.Text(12) ?? "") : null,
        row.GetString(13), row.GetFieldValue<DateTimeOffset>(14), row.Time(15), row.Time(16));
}
