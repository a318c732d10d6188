using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>A task that runs, and with whom.</summary>
internal sealed record RunningTask(Guid Task, int Attempt, string Holder);

/// <summary>C16 of docs/protocol.md: what people say to the program that works on a task.</summary>
internal static class TellSql
{
    private const string Running = "SELECT l.id, l.attempt, l.holder FROM live l WHERE l.id = $1 AND l.stage + 0 = 3 AND l.started_at IS NOT NULL AND l.holder IS NOT NULL";

    /// <summary>Of several the one that began last.</summary>
    private const string RunningOf =
        """
        SELECT l.id, l.attempt, l.holder FROM live l CROSS JOIN LATERAL (SELECT created_by FROM tasks WHERE tasks.id = l.id OFFSET 0) t
        WHERE l.stage = 3 AND l.agent_id = $1 AND l.started_at IS NOT NULL AND l.holder IS NOT NULL AND ($2 OR t.created_by = $3)
        ORDER BY l.started_at DESC LIMIT 1
        """;

    private const string Tell =
        """
        WITH s AS (
            UPDATE live l SET events = l.events + 1
            WHERE l.id = $1 AND l.attempt = $2 AND l.holder = $3 AND l.stage + 0 = 3 AND l.started_at IS NOT NULL
            RETURNING l.id, l.attempt, l.agent_id, l.device_id, l.events
        )
        INSERT INTO task_events (task_id, number, kind, attempt, agent_id, device_id, data)
        SELECT id, events, 'message', attempt, agent_id, device_id, $4::json FROM s
        """;

    public static async Task<RunningTask?> RunningAsync(this NpgsqlDataSource postgres, Guid task, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Running).With(task);
        return (await command.ListAsync(Read, cancellationToken)).SingleOrDefault();
    }

    public static async Task<RunningTask?> RunningOfAsync(this NpgsqlDataSource postgres, string agent, Submitter reader, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(RunningOf).With(agent).With(reader.SeesAll).With(reader.Id);
        return (await command.ListAsync(Read, cancellationToken)).SingleOrDefault();
    }

    /// <summary>False where it does not run any more.</summary>
    public static async Task<bool> TellAsync(this NpgsqlConnection connection, RunningTask running, MessageTold told, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Tell)
            .With(running.Task).With(running.Attempt).With(running.Holder).WithText(JsonSerializer.Serialize(told, WireJson.Options));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static RunningTask Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetInt32(1), row.GetString(2));
}
