using Agents.Contracts.Registry;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Registry.Metrics;

/// <summary>
/// Writes points by binary COPY. Whoever brings some is answered when they are committed; those who come meanwhile share
/// the next COPY and its commit.
/// </summary>
internal sealed partial class MetricWriter(NpgsqlDataSource postgres, Partitions partitions, LostPoints lost, TimeProvider time, ILogger<MetricWriter> log)
    : BackgroundService
{
    private const int MaxWaiting = 200_000;
    private const int MostAtOnce = 50_000;

    /// <summary>For who brings points; more than the writer itself waits for a lock, so that what is given up was mostly not written.</summary>
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(20);

    private const int LockLimitSeconds = 8;

    private readonly WriteQueue _queue = new(MaxWaiting);
    private readonly SeriesIds _series = new(time);

    /// <summary>True when they are on disk; false where there is no room for them now, or no time.</summary>
    public async Task<bool> WriteAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken)
    {
        if (_queue.TryAdd(points) is not { } waiting)
        {
            return false;
        }

        try
        {
            await waiting.Written.Task.WaitAsync(WriteLimit, time, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _queue.Withdraw(waiting);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _queue.SomeAsync(stoppingToken);
            await WriteAsync(_queue.Take(MostAtOnce), stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _queue.Take(int.MaxValue).ForEach(waiting => waiting.Written.TrySetCanceled(CancellationToken.None));
    }

    private async Task WriteAsync(List<WaitingPoints> batch, CancellationToken stoppingToken)
    {
        batch.RemoveAll(waiting => waiting.Withdrawn);
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            await CopyAsync([.. batch.SelectMany(waiting => waiting.Points)], stoppingToken);
            batch.ForEach(waiting => waiting.Written.SetResult());
        }
        catch (Exception e)
        {
            Log.NotWritten(log, e.Message);
            _series.Forget();
            if (batch.Count == 1 || stoppingToken.IsCancellationRequested || e is NpgsqlException { IsTransient: true })
            {
                batch.ForEach(waiting => waiting.Written.TrySetException(e));
                return;
            }

            // What PostgreSQL does not like of one is not to hold up the others.
            foreach (var waiting in batch)
            {
                await WriteAsync([waiting], stoppingToken);
            }
        }
    }

    private async Task CopyAsync(List<MetricPoint> points, CancellationToken cancellationToken)
    {
        await partitions.MakeAsync(MetricStore.Points, points.Select(point => point.At), cancellationToken);
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var keyed = points.ConvertAll(point => (Point: point, Key: SeriesKey.Of(point)));
        // Before the transaction, since a replica that makes the same ones would have to wait for its end.
        var series = await _series.FindAsync(connection, keyed.Select(one => one.Key).Distinct(), cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await MarkDirtyAsync(connection, points, cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync(MetricSql.CopyPoints, cancellationToken))
        {
            foreach (var (point, key) in keyed)
            {
                if (series.TryGetValue(key, out var id))
                {
                    await copy.StartRowAsync(cancellationToken);
                    await copy.WriteAsync(id, NpgsqlDbType.Integer, cancellationToken);
                    await copy.WriteAsync(point.At.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
                    await copy.WriteAsync(point.Value, NpgsqlDbType.Double, cancellationToken);
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        foreach (var device in keyed.Where(one => !series.ContainsKey(one.Key)).CountBy(one => one.Key.DeviceId))
        {
            lost.Add(device.Key, LostPoints.Series, device.Value);
        }
    }

    private static async Task MarkDirtyAsync(NpgsqlConnection connection, List<MetricPoint> points, CancellationToken cancellationToken)
    {
        foreach (var (sql, grain) in new[] { (MetricSql.MarkDirtyMinutes, MetricStore.Minutes.Grain), (MetricSql.MarkDirtyHours, MetricStore.Hours.Grain) })
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = LockLimitSeconds };
            command.Parameters.Add(new NpgsqlParameter<DateTime[]>
            {
                TypedValue = [.. points.Select(point => MetricStore.Floor(point.At, grain).UtcDateTime).Distinct()],
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Figures could not be written; whoever brought them keeps them: {Reason}")]
        public static partial void NotWritten(ILogger log, string reason);
    }
}
