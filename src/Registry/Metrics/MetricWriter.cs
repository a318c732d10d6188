using Agents.Contracts.Registry;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Registry.Metrics;

/// <summary>
/// Writes points by binary COPY. Whoever brings some is answered when they are committed; those who come meanwhile share
/// the next COPY and its commit.
/// </summary>
internal sealed partial class MetricWriter(NpgsqlDataSource postgres, Partitions partitions, TimeProvider time, ILogger<MetricWriter> log)
    : BackgroundService
{
    private const int MaxWaiting = 200_000;
    private const int MostAtOnce = 50_000;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private readonly SemaphoreSlim _came = new(0);
    private readonly SeriesIds _series = new(time);
    private int _points;

    /// <summary>Done when they are on disk; null where there is no room for them now.</summary>
    public Task? WriteAsync(IReadOnlyList<MetricPoint> points)
    {
        var waiting = new Waiting(points, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            if (_points + points.Count > MaxWaiting)
            {
                return null;
            }

            _points += points.Count;
            _waiting.Enqueue(waiting);
        }

        _came.Release();
        return waiting.Written.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _came.WaitAsync(stoppingToken);
            var batch = Take();
            if (batch.Count == 0)
            {
                continue;
            }

            try
            {
                await WriteAsync([.. batch.SelectMany(waiting => waiting.Points)], stoppingToken);
                batch.ForEach(waiting => waiting.Written.SetResult());
            }
            catch (Exception e)
            {
                Log.NotWritten(log, e.Message);
                _series.Forget();
                batch.ForEach(waiting => waiting.Written.SetException(e));
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Take(int.MaxValue).ForEach(waiting => waiting.Written.SetCanceled(CancellationToken.None));
    }

    private List<Waiting> Take(int most = MostAtOnce)
    {
        List<Waiting> batch = [];
        lock (_gate)
        {
            for (var count = 0; count < most && _waiting.TryDequeue(out var waiting); count += waiting.Points.Count)
            {
                _points -= waiting.Points.Count;
                batch.Add(waiting);
            }
        }

        return batch;
    }

    private async Task WriteAsync(List<MetricPoint> points, CancellationToken cancellationToken)
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
    }

    private static async Task MarkDirtyAsync(NpgsqlConnection connection, List<MetricPoint> points, CancellationToken cancellationToken)
    {
        foreach (var (sql, grain) in new[] { (MetricSql.MarkDirtyMinutes, MetricStore.Minutes.Grain), (MetricSql.MarkDirtyHours, MetricStore.Hours.Grain) })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new NpgsqlParameter<DateTime[]>
            {
                TypedValue = [.. points.Select(point => MetricStore.Floor(point.At, grain).UtcDateTime).Distinct()],
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed record Waiting(IReadOnlyList<MetricPoint> Points, TaskCompletionSource Written);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Figures could not be written; whoever brought them keeps them: {Reason}")]
        public static partial void NotWritten(ILogger log, string reason);
    }
}
