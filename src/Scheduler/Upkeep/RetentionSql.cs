using System.Globalization;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Upkeep;

internal static class RetentionSql
{
    private const string Months =
        """
        SELECT substring(c.relname FROM '^tasks_([0-9]{6})$') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'tasks'::regclass AND c.relname ~ '^tasks_[0-9]{6}$' ORDER BY c.relname
        """;

    /// <summary>Something of it has not ended, or ended not so long ago.</summary>
    private const string IsNeeded =
        """
        SELECT EXISTS (SELECT FROM live WHERE id >= $1 AND id < $2)
            OR EXISTS (SELECT FROM outcomes WHERE id >= $1 AND id < $2 AND finished_at >= $3)
        """;

    /// <summary>Ids rise with the time of the submit: what was submitted later can't have ended before.</summary>
    private const string Delete =
        """
        WITH old AS MATERIALIZED (
            SELECT id FROM outcomes WHERE status = $1 AND id < $2 AND finished_at < $3 ORDER BY id LIMIT $4
        ), o AS (
            DELETE FROM outcomes USING old WHERE outcomes.id = old.id
        ), t AS (
            DELETE FROM tasks USING old WHERE tasks.id = old.id
        ), g AS (
            DELETE FROM groups USING old WHERE groups.task_id = old.id
        ), q AS (
            DELETE FROM questions USING old WHERE questions.task_id = old.id
        ), h AS (
            DELETE FROM handovers USING old WHERE handovers.task_id = old.id
        ), r AS (
            DELETE FROM handover_trees USING old WHERE handover_trees.root_id = old.id
        ), e AS (
            DELETE FROM task_events USING old WHERE task_events.task_id = old.id
        )
        SELECT count(*)::int FROM old
        """;

    /// <summary>Conversations whose tasks are all gone. The tasks that went from others leave their places there.</summary>
    private const string DeleteSessions =
        """
        WITH old AS MATERIALIZED (
            SELECT s.first_task FROM sessions s
            WHERE s.last_at < $1
              AND NOT EXISTS (SELECT FROM tasks t WHERE t.id = s.first_task)
              AND NOT EXISTS (SELECT FROM session_tasks m JOIN tasks t ON t.id = m.task_id WHERE m.session = s.first_task)
            ORDER BY s.last_at LIMIT $2
        ), m AS (
            DELETE FROM session_tasks USING old WHERE session_tasks.session = old.first_task
        ), s AS (
            DELETE FROM sessions USING old WHERE sessions.first_task = old.first_task
        )
        SELECT count(*)::int FROM old
        """;

    /// <summary>Months, as <c>202611</c>, that were over before then.</summary>
    public static async Task<List<string>> OldMonthsAsync(this NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Months);
        var months = await command.ListAsync(row => row.GetString(0), cancellationToken);
        return [.. months.Where(month => Begin(month).AddMonths(1) <= before)];
    }

    /// <summary>False where it is still needed.</summary>
    public static async Task<bool> DropMonthAsync(this NpgsqlConnection connection, string month, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (first, next) = (TaskPartitions.FirstId(Begin(month)), TaskPartitions.FirstId(Begin(month).AddMonths(1)));
        await using var needed = connection.Statement(IsNeeded).With(first).With(next).With(before);
        if (await needed.ExecuteScalarAsync(cancellationToken) is true)
        {
            return false;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Whoever submits must not wait behind us for long: the next round tries again.
        await using var drop = connection.Statement(
            $"""
            SET LOCAL lock_timeout = '2s';
            DROP TABLE tasks_{month}, outcomes_{month}, task_events_{month};
            DELETE FROM groups WHERE task_id >= '{first}' AND task_id < '{next}';
            DELETE FROM questions WHERE task_id >= '{first}' AND task_id < '{next}';
            DELETE FROM handovers WHERE task_id >= '{first}' AND task_id < '{next}';
            DELETE FROM handover_trees WHERE root_id >= '{first}' AND root_id < '{next}'
            """);
        await drop.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public static async Task<int> DeleteOldAsync(
        this NpgsqlConnection connection, string status, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Delete).With(status).With(TaskPartitions.FirstId(before)).With(before).With(most);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task<int> DeleteOldSessionsAsync(this NpgsqlConnection connection, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(DeleteSessions).With(before).With(most);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static DateTimeOffset Begin(string month) => new(
        int.Parse(month[..4], CultureInfo.InvariantCulture), int.Parse(month[4..], CultureInfo.InvariantCulture), 1, 0, 0, 0, TimeSpan.Zero);
}
