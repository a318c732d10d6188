using System.Diagnostics;
using Agents.Bench.Metrics;
using Agents.Scheduler.Reports;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Bench.Long;

/// <summary>
/// Loads the past by COPY into tasks, outcomes, events and sessions as their statements leave them. Figures are added up by
/// Scheduler's own classes and stored by its own statement; the texts are indexed by its own loop, as those of any tasks that
/// came.
/// </summary>
internal sealed class History(NpgsqlDataSource scheduler, DateTimeOffset now, int count)
{
    private const int Chunk = 20_000;

    private static readonly TimeSpan IndexLimit = TimeSpan.FromHours(1);

    private readonly HistoryTables _tables = new(scheduler, now, count);

    public static async Task<bool> IsThereAsync(NpgsqlDataSource scheduler, int count, CancellationToken cancellationToken) =>
        await scheduler.RunAsync("SELECT count(*) FROM (SELECT FROM tasks LIMIT $1) t", cancellationToken, count) is long there && there == count;

    public async Task LoadAsync(World world, CancellationToken cancellationToken)
    {
        await MonthsAsync(cancellationToken);
        var tables = _tables.All();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] copying = [.. tables.Select(table => StopAllAsync(table.RunAsync(failed.Token), failed))];
        await Task.WhenAll([.. copying, StopAllAsync(FeedAsync(world, tables, failed.Token), failed)]);
    }

    /// <summary>As autovacuum has done by then, and as far as Scheduler's own index of texts goes.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var blocks = count / 4096;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(IndexLimit);
        for (var there = 0; there < blocks; await Task.Delay(TimeSpan.FromSeconds(2), limit.Token))
        {
            there = (int)(await scheduler.RunAsync("SELECT block + 1 FROM text_sealed", limit.Token))!;
            Progress("texts indexed", there, blocks, start);
        }

        foreach (var table in new[] { "tasks", "outcomes", "task_events", "live", "sessions", "work_rollups", "text_terms", "text_blocks" })
        {
            await using var vacuum = scheduler.CreateCommand($"VACUUM (ANALYZE) {table}");
            vacuum.CommandTimeout = 3_600;
            await vacuum.ExecuteNonQueryAsync(cancellationToken);
            Console.Error.WriteLine($"{table} vacuumed");
        }
    }

    private static async Task StopAllAsync(Task work, CancellationTokenSource all)
    {
        try
        {
            await work;
        }
        catch
        {
            await all.CancelAsync();
            throw;
        }
    }

    private static void Progress(string what, int done, int of, long start) =>
        Console.Error.WriteLine($"{what}: {done:N0} of {of:N0} after {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s");

    private async Task FeedAsync(World world, Copying[] tables, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await using var connection = await scheduler.OpenConnectionAsync(cancellationToken);
        var (rollups, hour, storing) = (new Rollups(), default(DateTimeOffset), Task.CompletedTask);
        foreach (var chunk in world.Tasks().Chunk(Chunk))
        {
            foreach (var table in tables)
            {
                await table.AddAsync(chunk, cancellationToken);
            }

            foreach (var task in chunk.Where(_tables.HasEnded))
            {
                // In the order of their ends nearly, so most rows are written once, like those of a fold that keeps up; a day's rows are added to each day anew.
                if (rollups.Rows.Count > 200_000 && task.EndedAt.Hour != hour.Hour)
                {
                    await storing;
                    storing = StoreAsync(connection, rollups, cancellationToken);
                    rollups = new();
                }

                hour = task.EndedAt;
                rollups.Add(
                    new WorkFact(task.Id, task.Status, task.EndedAt, task.Agent, task.Device, task.Owner, task.Post, task.Type, null, null, task.At, null, task.StartedAt, 1, task.Usage),
                    task.Post);
            }

            Progress("tasks loaded", chunk[^1].Number + 1, count, start);
        }

        await storing;
        await StoreAsync(connection, rollups, cancellationToken);
        Array.ForEach(tables, table => table.Complete());
    }

    private static async Task StoreAsync(NpgsqlConnection connection, Rollups rollups, CancellationToken cancellationToken)
    {
        foreach (var some in rollups.Rows.Chunk(10_000))
        {
            await connection.AddAsync(some.ToDictionary(), cancellationToken);
        }
    }

    /// <summary>Scheduler makes this month's partitions and the last one's.</summary>
    private async Task MonthsAsync(CancellationToken cancellationToken)
    {
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        for (var (begin, first) = (month.AddMonths(-4), now - World.Past); begin < month; begin = begin.AddMonths(1))
        {
            foreach (var table in new[] { "tasks", "outcomes", "task_events" })
            {
                if (begin.AddMonths(1) > first)
                {
                    await scheduler.RunAsync(
                        $"CREATE TABLE IF NOT EXISTS {table}_{begin:yyyyMM} PARTITION OF {table} FOR VALUES FROM ('{TaskPartitions.FirstId(begin)}') TO ('{TaskPartitions.FirstId(begin.AddMonths(1))}')",
                        cancellationToken);
                }
            }
        }
    }
}
