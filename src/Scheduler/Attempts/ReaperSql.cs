using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>What takes too long, by the database's clock. Found here, and looked at again by the statement that acts on it.</summary>
internal static class ReaperSql
{
    private const int MostAtOnce = 1_000;

    private const string Unaccepted =
        "SELECT id, attempt, accepted, max_attempts, backoff, move_lane IS NOT NULL FROM live WHERE stage = 3 AND holder IS NOT NULL AND started_at IS NULL AND assigned_at < now() - $1 LIMIT $2";

    /// <summary>
    /// Nothing was heard of the holder for its lease; or it has come back by another connection, never names what it works
    /// on, and has said nothing of this for as long. What was told to come to an end has a time of its own.
    /// </summary>
    private const string Lost =
        """
        SELECT l.id, l.attempt, l.accepted, l.max_attempts, l.backoff, l.move_lane IS NOT NULL
        FROM live l JOIN holders h ON h.holder = l.holder
        WHERE l.stage = 3 AND l.started_at IS NOT NULL AND l.stop_until IS NULL
          AND (h.lease_until < now() OR (NOT h.names AND l.connection IS DISTINCT FROM h.connection AND h.since < now() - $2))
        LIMIT $1
        """;

    private const string TooLong =
        """
        SELECT id, attempt, accepted, max_attempts, backoff, move_lane IS NOT NULL FROM live
        WHERE stage = 3 AND holder IS NOT NULL AND stop_until IS NULL AND timeout_s IS NOT NULL AND started_at < now() - make_interval(secs => timeout_s) LIMIT $1
        """;

    /// <summary>Who brings along what there is of it packs that up after its end, and has the time for it.</summary>
    private const string Moving =
        """
        SELECT id, attempt, accepted, max_attempts, backoff, true FROM live
        WHERE move_until < now() - CASE WHEN brings THEN $2 ELSE interval '0' END AND stage = 3 AND holder IS NOT NULL AND stop_until IS NULL LIMIT $1
        """;

    /// <summary>With the conversation that it goes on with, so that a later task can do so as well.</summary>
    private const string Stopping = "SELECT id, attempt, stop_why, session_id FROM live WHERE stop_until < now() AND stage = 3 AND holder IS NOT NULL LIMIT $1";

    private const string TooLate = "SELECT id FROM live WHERE deadline < now() AND stage < 3 LIMIT $1";

    private const string ForgetEnding = "DELETE FROM ending WHERE until < now() RETURNING task_id, attempt";

    private const string RealtimeHeard = "SELECT EXISTS (SELECT FROM realtimes WHERE seen_at > now() - interval '5 seconds')";

    public static async Task<List<Loss>> UnacceptedAsync(this NpgsqlConnection connection, TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Unaccepted).With(limit).With(MostAtOnce);
        return await command.ListAsync(Losses.Read, cancellationToken);
    }

    public static async Task<List<Loss>> LostAsync(this NpgsqlConnection connection, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Lost).With(MostAtOnce).With(lease);
        return await command.ListAsync(Losses.Read, cancellationToken);
    }

    public static async Task<List<Loss>> TooLongAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(TooLong).With(MostAtOnce);
        return await command.ListAsync(Losses.Read, cancellationToken);
    }

    public static async Task<List<Loss>> MovingAsync(this NpgsqlConnection connection, TimeSpan packing, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Moving).With(MostAtOnce).With(packing);
        return await command.ListAsync(Losses.Read, cancellationToken);
    }

    public static async Task<List<Ending>> StoppingAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Stopping).With(MostAtOnce);
        return await command.ListAsync(
            row => new Ending(
                row.GetGuid(0), row.GetInt32(1), null, TaskStatus.Failed, ErrorKind: TaskErrorKind.Quota, Error: row.Text(2), SessionId: row.Text(3), Lingers: true),
            cancellationToken);
    }

    public static async Task<List<Guid>> TooLateAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(TooLate).With(MostAtOnce);
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }

    public static async Task<List<(Guid, int)>> ForgetEndingAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(ForgetEnding);
        return await command.ListAsync(row => (row.GetGuid(0), row.GetInt32(1)), cancellationToken);
    }

    public static async Task<bool> IsRealtimeHeardAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(RealtimeHeard);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
