using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.ByHttp;

/// <summary>Where a task stands just now.</summary>
/// <param name="Ended">How it ended; null where it has not.</param>
/// <param name="Name">Of who said the last thing about it; of what was taken by HTTP the ask that got it.</param>
/// <param name="IsStopping">It is to end, as a budget is spent.</param>
/// <param name="Seconds">Left to come to an end in, where it goes on elsewhere or is to end.</param>
internal sealed record Stand(
    string CreatedBy, string? Ended, Stage Stage, long Lane, int Attempt, string? Agent, string? Holder, bool IsStarted, string? Name, bool IsMoving, bool IsStopping, int Seconds)
{
    public bool IsQueued => Ended is null && Stage is Stage.Queued;

    public bool IsHeld => Ended is null && Stage is Stage.Held && Holder is not null;

    public bool IsRunning(string holder, int attempt) => IsHeld && IsStarted && Holder == holder && Attempt == attempt;
}

/// <summary>An attempt as far as it is remembered.</summary>
/// <param name="Holder">Null where nobody is any more.</param>
/// <param name="Connection">The holder's newest.</param>
internal sealed record HeldAttempt(string Agent, string? Device, string? Holder, string? Connection);

internal static class StandSql
{
    private const string Find =
        """
        SELECT t.created_by, o.status, coalesce(l.stage, 0::smallint), coalesce(l.lane, 0), coalesce(o.attempt, l.attempt), coalesce(o.agent_id, l.agent_id), l.holder,
               l.started_at IS NOT NULL, l.connection, l.move_lane IS NOT NULL, l.stop_until IS NOT NULL,
               greatest(0, coalesce(extract(epoch FROM coalesce(l.stop_until, l.move_until) - now()), 0))::int
        FROM tasks t LEFT JOIN live l ON l.id = t.id LEFT JOIN outcomes o ON o.id = t.id
        WHERE t.id = $1 AND (l.id IS NOT NULL OR o.id IS NOT NULL)
        """;

    /// <summary>Where it is held nothing else is looked at; what is over stands in the task's events alone.</summary>
    private const string Attempt =
        """
        SELECT a.agent_id, a.device_id, a.holder, h.connection
        FROM (
            SELECT agent_id, device_id, holder FROM (
                SELECT 0 AS place, agent_id, device_id, holder FROM live WHERE id = $1 AND attempt = $2 AND stage + 0 = 3
                UNION ALL
                SELECT 1, agent_id, device_id, holder FROM ending WHERE task_id = $1 AND attempt = $2
            ) now ORDER BY place LIMIT 1
        ) a LEFT JOIN holders h ON h.holder = a.holder
        """;

    private const string Before =
        """
        SELECT e.agent_id, e.device_id, l.holder, h.connection
        FROM (
            SELECT agent_id, device_id FROM task_events
            WHERE task_id = $1 AND kind = 'state' AND status = 'assigned' AND attempt = $2 AND agent_id IS NOT NULL ORDER BY number LIMIT 1
        ) e
        LEFT JOIN live l ON l.id = $1 AND l.attempt = $2
        LEFT JOIN holders h ON h.holder = l.holder
        """;

    public static async Task<Stand?> StandAsync(this NpgsqlDataSource postgres, Guid task, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Find).With(task);
        return (await command.ListAsync(
            row => new Stand(
                row.GetString(0), row.Text(1), (Stage)row.GetInt16(2), row.GetInt64(3), row.GetInt32(4), row.Text(5), row.Text(6), row.GetBoolean(7), row.Text(8),
                row.GetBoolean(9), row.GetBoolean(10), row.GetInt32(11)),
            cancellationToken)).SingleOrDefault();
    }

    /// <summary>Null where the task never had it.</summary>
    public static async Task<HeldAttempt?> AttemptAsync(this NpgsqlDataSource postgres, Guid task, int attempt, CancellationToken cancellationToken)
    {
        foreach (var sql in (string[])[Attempt, Before])
        {
            await using var command = postgres.CreateCommand(sql).With(task).With(attempt);
            if (await command.ListAsync(row => new HeldAttempt(row.GetString(0), row.Text(1), row.Text(2), row.Text(3)), cancellationToken) is [var found])
            {
                return found;
            }
        }

        return null;
    }
}
