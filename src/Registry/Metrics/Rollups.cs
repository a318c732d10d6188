using Agents.ServiceDefaults.Loops;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Registry.Metrics;

/// <summary>
/// Brings minutes and hours up to date, and takes away what is too old. What has to be done stands in two tables, written
/// with the points; taking it from there and doing it are one transaction, so nothing is done half or counted twice.
/// </summary>
internal sealed partial class Rollups(NpgsqlDataSource postgres, Partitions partitions, TimeProvider time, ILogger<Rollups> log)
    : Periodic(TimeSpan.FromSeconds(10), time, log)
{
    private const int MostAtOnce = 60;

    /// <summary>A minute is closed when it is so long over: most late points have come by then.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetentionEvery = TimeSpan.FromMinutes(10);

    private DateTimeOffset _retainedAt;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        await RollAsync(now, cancellationToken);
        if (now - _retainedAt >= RetentionEvery)
        {
            _retainedAt = now;
            await RetainAsync(now, cancellationToken);
        }
    }

    /// <summary>All that is closed by now.</summary>
    public async Task RollAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await RollAsync(MetricStore.Minutes, MetricSql.LockDirtyMinutes, MetricSql.TakeDirtyMinutes, MetricSql.RollMinutes, now, cancellationToken))
        {
        }

        while (await RollAsync(MetricStore.Hours, MetricSql.LockDirtyHours, MetricSql.TakeDirtyHours, MetricSql.RollHours, now, cancellationToken))
        {
        }
    }

    public async Task RetainAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await partitions.MakeAsync(MetricStore.Points, [now, now + MetricStore.Points.PartitionOf], cancellationToken);
        foreach (var store in MetricStore.All)
        {
            // Points so old may still come, and are rolled up from here: an hour longer.
            var dropped = await partitions.DropAsync(store, now - store.KeptFor - TimeSpan.FromHours(1), cancellationToken);
            if (dropped > 0)
            {
                Log.Dropped(log, dropped, store.Table);
            }
        }

        await using var command = postgres.CreateCommand(MetricSql.ForgetSeries);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>True where there may be more.</summary>
    private async Task<bool> RollAsync(
        MetricStore store, string locking, string take, string roll, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var locked = await TimesAsync(
            connection, locking, cancellationToken, new NpgsqlParameter<DateTimeOffset> { TypedValue = now - store.Grain - Late }, new NpgsqlParameter<int> { TypedValue = MostAtOnce });
        var taken = await TimesAsync(connection, take, cancellationToken, Times(locked));
        if (taken.Count == 0)
        {
            return false;
        }

        await partitions.MakeAsync(store, taken.Select(at => new DateTimeOffset(at, TimeSpan.Zero)), cancellationToken);
        await using var command = new NpgsqlCommand(roll, connection);
        command.Parameters.Add(Times(taken));
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return locked.Count == MostAtOnce;
    }

    private static async Task<List<DateTime>> TimesAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<DateTime> times = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            times.Add(reader.GetFieldValue<DateTime>(0));
        }

        return times;
    }

    private static NpgsqlParameter Times(List<DateTime> times) =>
        new NpgsqlParameter<DateTime[]> { TypedValue = [.. times], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Dropped {Count} partitions of {Table} that were too old")]
        public static partial void Dropped(ILogger log, int count, string table);
    }
}
