using System.Globalization;
using Agents.ServiceDefaults.Loops;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// Makes room for tasks before they come: a partition for each month, in each of the tables that are cut by a task's id.
/// Ids are UUIDv7: the first 48 bits are the time.
/// </summary>
internal sealed class TaskPartitions(NpgsqlDataSource postgres, TimeProvider time, ILogger<TaskPartitions> log) : Periodic(TimeSpan.FromHours(1), time, log)
{
    private const long LockKey = 0x7461_736b_7300;
    private const int MonthsAhead = 2;

    private static readonly string[] Tables = ["tasks", "outcomes", "task_events"];

    /// <summary>Before anything can be submitted.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>The smallest id that a task of this moment could have.</summary>
    public static Guid FirstId(DateTimeOffset at) =>
        Guid.ParseExact(Math.Max(0, at.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture) + new string('0', 20), "N");

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two replicas that make the same one at once would both fail.
        await using var turn = connection.Statement("SELECT pg_advisory_xact_lock($1)").With(LockKey);
        await turn.ExecuteNonQueryAsync(cancellationToken);
        for (var ahead = -1; ahead <= MonthsAhead; ahead++)
        {
            foreach (var table in Tables)
            {
                var (begin, end) = (month.AddMonths(ahead), month.AddMonths(ahead + 1));
                await using var make = connection.Statement(
                    $"CREATE TABLE IF NOT EXISTS {table}_{begin:yyyyMM} PARTITION OF {table} FOR VALUES FROM ('{FirstId(begin)}') TO ('{FirstId(end)}')");
                await make.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
