using Agents.Bench.Devices;
using Agents.Contracts.Registry;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Bench.Metrics;

/// <summary>
/// A day of points of many series, by COPY straight into Registry's tables, and what a year leaves of one device. Series and
/// the points' partitions are made by Registry itself, which is told of one point for each.
/// </summary>
internal sealed class MetricHistory(NpgsqlDataSource registry, MetricIntake intake)
{
    public const int Devices = 100;
    public const int FiguresOfEach = 10;

    private const int Loaders = 2;
    private const int TicksAtOnce = 100;

    /// <summary>A bit less than raw points are kept, so that none of them is too old in the middle of measuring.</summary>
    private static readonly TimeSpan Day = MetricRules.MaxAge - TimeSpan.FromMinutes(10);

    private static readonly TimeSpan RolledLimit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    public static string Figure(int n) => $"bench.{n}";

    public static IEnumerable<MetricPoint> OneOfEach(DateTimeOffset at) =>
        from device in Enumerable.Range(0, Devices)
        from figure in Enumerable.Range(0, FiguresOfEach)
        select new MetricPoint(new DeviceName(device).DeviceId, null, Figure(figure), device + figure, at);

    /// <summary>The numbers of the series, in the order of <see cref="OneOfEach"/>.</summary>
    public async Task<int[]> MakeSeriesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await intake.ReportAsync([.. OneOfEach(now)], cancellationToken);
        await intake.ReportAsync([.. Enumerable.Range(0, 25).Select(hour => OneOfEach(now - (Day / 24 * Math.Min(hour, 24))).First())], cancellationToken);
        await using var command = registry.CreateCommand("SELECT device_id, name, id FROM metric_series");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new Dictionary<(string, string), int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids[(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2);
        }

        return [.. OneOfEach(now).Select(point => ids[(point.DeviceId, point.Name)])];
    }

    /// <summary>In the order of time, as they would have come.</summary>
    public async Task LoadAsync(int[] series, int points, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ticks = Math.Max(1, points / series.Length);
        var next = -TicksAtOnce;
        await Task.WhenAll(Enumerable.Range(0, Loaders).Select(async _ =>
        {
            await using var connection = await registry.OpenConnectionAsync(cancellationToken);
            for (var from = Interlocked.Add(ref next, TicksAtOnce); from < ticks; from = Interlocked.Add(ref next, TicksAtOnce))
            {
                await using var copy = await connection.BeginBinaryImportAsync("COPY metric_points (series_id, at, value) FROM STDIN (FORMAT BINARY)", cancellationToken);
                for (var tick = from; tick < Math.Min(ticks, from + TicksAtOnce); tick++)
                {
                    var at = (now - (Day * (1 - ((double)tick / ticks)))).UtcDateTime;
                    foreach (var id in series)
                    {
                        await copy.StartRowAsync(cancellationToken);
                        await copy.WriteAsync(id, NpgsqlDbType.Integer, cancellationToken);
                        await copy.WriteAsync(at, NpgsqlDbType.TimestampTz, cancellationToken);
                        await copy.WriteAsync((double)(tick % 100), NpgsqlDbType.Double, cancellationToken);
                    }
                }

                await copy.CompleteAsync(cancellationToken);
            }
        }));
    }

    /// <summary>Registry's own loop does it, as soon as it is told what is dirty.</summary>
    public async Task RollUpAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await registry.RunAsync(MetricHistorySql.MarkDirty, cancellationToken, (now - Day).UtcDateTime, now.UtcDateTime);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RolledLimit);
        while (await registry.RunAsync(MetricHistorySql.CountDirty, limit.Token) is > 0L)
        {
            await Task.Delay(Poll, limit.Token);
        }
    }

    /// <summary>Minutes of 30 days and hours of a year, of one device.</summary>
    public async Task LoadOldAsync(int[] ofDevice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var (table, days, each) in new[] { ("metric_minutes", 30, 1), ("metric_hours", 364, 32) })
        {
            for (var day = (now.AddDays(-days).ToUnixTimeSeconds() / 86_400 / each) * each; day <= now.ToUnixTimeSeconds() / 86_400; day += each)
            {
                var begin = DateTimeOffset.FromUnixTimeSeconds(day * 86_400);
                await registry.RunAsync(
                    $"CREATE TABLE IF NOT EXISTS {table}_{begin:yyyyMMddHH} PARTITION OF {table} FOR VALUES FROM ('{begin:yyyy-MM-dd}Z') TO ('{begin.AddDays(each):yyyy-MM-dd}Z')",
                    cancellationToken);
            }
        }

        await registry.RunAsync(MetricHistorySql.OldMinutes, cancellationToken, ofDevice, now.UtcDateTime);
        await registry.RunAsync(MetricHistorySql.OldHours, cancellationToken, ofDevice, now.UtcDateTime);
        // As autovacuum would have done by then.
        await registry.RunAsync("ANALYZE metric_points, metric_minutes, metric_hours", cancellationToken);
    }
}
