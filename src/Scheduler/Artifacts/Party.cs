using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Auth;
using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>What somebody has to do with a task.</summary>
/// <param name="Name">The caller: a person's id, <c>device:D</c> or <c>agent:A</c>.</param>
/// <param name="Owns">It is his, or he runs the place.</param>
/// <param name="Attempt">The highest that he has, or had; null where he holds none.</param>
internal sealed record Party(string Name, bool Owns, int? Attempt);

/// <summary>Who may see a task's files: who may see the task, and each device and agent that has or had it.</summary>
internal static class Parties
{
    private const string Find =
        """
        SELECT t.created_by,
               CASE WHEN $2 <> '' OR $3 <> '' THEN (
                   SELECT max(e.attempt) FROM task_events e
                   WHERE e.task_id = t.id AND e.kind = 'state' AND e.attempt > 0 AND (e.device_id = $2 OR e.agent_id = $3))
               END
        FROM tasks t
        WHERE t.id = $1 AND (EXISTS (SELECT FROM live l WHERE l.id = t.id) OR EXISTS (SELECT FROM outcomes o WHERE o.id = t.id))
        """;

    private const string Attempts =
        """
        SELECT EXISTS (SELECT FROM task_events e WHERE e.task_id = $1 AND e.kind = 'state' AND e.attempt = $2 AND (e.device_id = $3 OR e.agent_id = $4)),
               greatest((SELECT l.attempt FROM live l WHERE l.id = $1), (SELECT o.attempt FROM outcomes o WHERE o.id = $1))
        """;

    /// <summary>Why nothing is taken of this attempt any more: it never was the caller's, or another has the task by now. Null where it is.</summary>
    public static async Task<string?> LateAsync(this NpgsqlDataSource postgres, Guid task, int attempt, Caller caller, CancellationToken cancellationToken)
    {
        var (device, agent) = Names(caller);
        await using var command = postgres.CreateCommand(Attempts).With(task).With(attempt).With(device).With(agent);
        var (isOurs, highest) = (await command.ListAsync(row => (row.GetBoolean(0), row.Number(1)), cancellationToken)).Single();
        return !isOurs ? $"You did not have attempt {attempt} of it."
            : highest > attempt ? $"Attempt {highest} of it has begun since: what attempt {attempt} has made is not taken any more."
            : null;
    }

    /// <summary>Null where there is no such task, or it is not the caller's to see.</summary>
    public static async Task<Party?> PartyAsync(this NpgsqlDataSource postgres, string id, Caller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var task))
        {
            return null;
        }

        var (device, agent) = Names(caller);
        await using var command = postgres.CreateCommand(Find).With(task).With(device).With(agent);
        if (await command.ListAsync(row => (Owner: row.GetString(0), Attempt: row.Number(1)), cancellationToken) is not [var found])
        {
            return null;
        }

        // The id of an agent is its maker's choice, and may be that of a person or a device.
        var owns = agent.Length == 0 && (caller.IsOperator || found.Owner == caller.Id);
        var name = agent.Length > 0 ? HolderKey.OfAgent(agent) : device.Length > 0 ? HolderKey.OfDevice(device) : caller.Id;
        return owns || found.Attempt is not null ? new(name, owns, found.Attempt) : null;
    }

    private static (string Device, string Agent) Names(Caller caller) =>
        caller.IsOwnAgent ? ("", caller.Id) : caller.IsDevice ? (caller.Id, "") : ("", "");
}
