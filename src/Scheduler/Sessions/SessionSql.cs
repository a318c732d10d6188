using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Data;
using Npgsql;

namespace Agents.Scheduler.Sessions;

/// <summary>Sessions as readers meet them.</summary>
internal static class SessionSql
{
    /// <summary>Who looks for a text looks through so many of the newest, all else given.</summary>
    private const int MostSearched = 50_000;

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

    /// <summary>Newest word first.</summary>
    public static async Task<List<Session>> ListAsync(
        this NpgsqlDataSource postgres, SessionFilter filter, Submitter reader, (DateTimeOffset At, Guid Id)? before, int take, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand();
        command.CommandText = $"{Found(command, filter, reader, before, SessionFoldSql.Columns)} LIMIT {take}";
        return await command.ListAsync(SessionFoldSql.Read, cancellationToken);
    }

    /// <summary>Up to one more than the cap.</summary>
    public static async Task<long> CountAsync(this NpgsqlDataSource postgres, SessionFilter filter, Submitter reader, int cap, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM ({Found(command, filter, reader, null, "s.first_task, s.last_at")} LIMIT {cap + 1}) counted";
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string Found(NpgsqlCommand command, SessionFilter filter, Submitter reader, (DateTimeOffset At, Guid Id)? before, string columns)
    {
        var conditions = string.Join(" AND ", [.. Conditions(command, filter, reader, before), "true"]);
        return filter.Q is not { Length: > 0 } text
            ? $"SELECT {columns} FROM sessions s WHERE {conditions} ORDER BY s.last_at DESC, s.first_task DESC"
            : $"""
               SELECT {columns} FROM (SELECT * FROM sessions s WHERE {conditions} ORDER BY s.last_at DESC, s.first_task DESC LIMIT {MostSearched}) s
               WHERE s.title ILIKE {Add(command, LikePattern.Containing(text))} ORDER BY s.last_at DESC, s.first_task DESC
               """;
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
