using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Sessions;

/// <summary>Sessions as readers meet them.</summary>
internal static class SessionSql
{
    /// <summary>Who looks for a text looks through so many of the newest, all else given.</summary>
    private const int MostSearched = 50_000;

    /// <summary>Of those with a text no more are counted: each has to be compared.</summary>
    private const int MostCounted = 200;

    private const string Rows = "JOIN sessions s USING (first_task) ORDER BY s.last_at DESC, s.first_task DESC";

    /// <summary>By its id, by its first task, or as its agent calls it.</summary>
    private const string Named =
        $"""
        SELECT {SessionFoldSql.Columns} FROM sessions s
        WHERE s.first_task IN (SELECT first_task FROM sessions WHERE id = ANY ($1) UNION SELECT unnest($2)
                               UNION (SELECT first_task FROM sessions WHERE agent_session = ANY ($1) LIMIT 1000))
        """;

    public static async Task<List<Session>> NamedAsync(this NpgsqlDataSource postgres, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Named)
            .With<string[]>([.. names])
            .With<Guid[]>([.. names.Select(name => Guid.TryParse(name, out var id) ? id : default)]);
        return await command.ListAsync(SessionFoldSql.Read, cancellationToken);
    }

    /// <summary>Of those with this name the one that the reader may mean: its own name goes before what an agent calls it.</summary>
    public static Session? Pick(this IEnumerable<Session> sessions, string name, Submitter reader) => sessions
        .Where(session => reader.Sees(session) && (session.Id == name || session.FirstTask.ToString() == name || session.AgentSession == name))
        .OrderByDescending(session => session.Id == name)
        .ThenByDescending(session => session.FirstTask.ToString() == name)
        .ThenByDescending(session => session.LastAt)
        .FirstOrDefault();

    /// <summary>As with the tasks that it is made of.</summary>
    public static bool Sees(this Submitter reader, Session session) =>
        reader.SeesAll || session.Owner == reader.Id || (reader.DeviceId is { } device && session.Device == device);

    /// <summary>A page, newest word first, and how many there are on all pages, as far as that is counted.</summary>
    public static async Task<(List<Session> Page, long Total, bool IsCapped)> PageAsync(
        this NpgsqlDataSource postgres, SessionFilter filter, Submitter reader, (DateTimeOffset At, Guid Id)? before, int take, CancellationToken cancellationToken)
    {
        var cap = HasText(filter) ? MostCounted : ListOf<SessionRow>.Cap;
        if (HasText(filter) && before is null)
        {
            // Who looks through titles for the page counts what he finds by the way.
            await using var both = postgres.CreateCommand();
            both.CommandText =
                $"""
                WITH found AS MATERIALIZED ({Keys(both, filter, reader, null, Math.Max(cap, take) + 1)})
                SELECT {SessionFoldSql.Columns}, (SELECT count(*) FROM found) FROM (SELECT first_task FROM found ORDER BY last_at DESC, first_task DESC LIMIT {take}) f {Rows}
                """;
            var found = await both.ListAsync(row => (Session: SessionFoldSql.Read(row), Total: row.GetInt64(row.FieldCount - 1)), cancellationToken);
            return Of([.. found.Select(each => each.Session)], found.Count > 0 ? found[0].Total : 0);
        }

        await using var list = postgres.CreateCommand();
        list.CommandText = $"SELECT {SessionFoldSql.Columns} FROM ({Keys(list, filter, reader, before, take)}) f {Rows}";
        var page = await list.ListAsync(SessionFoldSql.Read, cancellationToken);
        await using var count = postgres.CreateCommand();
        count.CommandText = $"SELECT count(*) FROM ({Keys(count, filter, reader, null, cap + 1)}) counted";
        return Of(page, (long)(await count.ExecuteScalarAsync(cancellationToken))!);

        (List<Session>, long, bool) Of(List<Session> some, long total) => (some, Math.Min(total, cap), total > cap);
    }

    private static bool HasText(SessionFilter filter) => filter.Q is { Length: > 0 };

    /// <summary>Which they are, newest word first. What is looked through for it the index has by itself: of a page the rest is read by its keys.</summary>
    private static string Keys(NpgsqlCommand command, SessionFilter filter, Submitter reader, (DateTimeOffset At, Guid Id)? before, int most)
    {
        var conditions = string.Join(" AND ", [.. Conditions(command, filter, reader, before), "true"]);
        string Newest(string columns, int count) => $"SELECT {columns} FROM sessions s WHERE {conditions} ORDER BY s.last_at DESC, s.first_task DESC LIMIT {count}";
        return HasText(filter)
            ? $"""
               SELECT first_task, last_at FROM ({Newest("s.first_task, s.last_at, s.title", MostSearched)}) s
               WHERE title ILIKE {Add(command, LikePattern.Containing(filter.Q!))} ORDER BY last_at DESC, first_task DESC LIMIT {most}
               """
            : Newest("s.first_task, s.last_at", most);
    }

    private static IEnumerable<string> Conditions(NpgsqlCommand command, SessionFilter filter, Submitter reader, (DateTimeOffset At, Guid Id)? before)
    {
        if (!reader.SeesAll)
        {
            yield return reader.DeviceId is { } device ? $"(s.owner = {Add(command, reader.Id)} OR s.device_id = {Add(command, device)})" : $"s.owner = {Add(command, reader.Id)}";
        }

        if (filter.AgentId is { } agent)
        {
            yield return $"s.agent_id = {Add(command, agent)}";
        }

        if (filter.PostId is { } post)
        {
            yield return $"s.post_id = {Add(command, post)}";
        }

        if (filter.TaskId is { } task)
        {
            var id = Add(command, Guid.Parse(task));
            yield return $"s.first_task IN (SELECT {id} UNION SELECT session FROM session_tasks WHERE task_id = {id})";
        }

        if (filter.From is { } from)
        {
            yield return $"s.last_at >= {Add(command, from.ToUniversalTime())}";
        }

        if (filter.To is { } to)
        {
            yield return $"s.last_at < {Add(command, to.ToUniversalTime())}";
        }

        if (before is { } last)
        {
            yield return $"(s.last_at, s.first_task) < ({Add(command, last.At)}, {Add(command, last.Id)})";
        }
    }

    private static string Add<T>(NpgsqlCommand command, T value)
    {
        command.With(value);
        return $"${command.Parameters.Count}";
    }
}
