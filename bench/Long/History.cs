using System.Diagnostics;
using Agents.Bench.Metrics;
using Agents.Scheduler.Reports;
using Agents.Scheduler.Tasks;
using Npgsql;
using Db = NpgsqlTypes.NpgsqlDbType;

namespace Agents.Bench.Long;

/// <summary>
/// Loads the past by COPY into tasks, outcomes, events and sessions as their statements leave them. Figures are added up by
/// Scheduler's own classes and stored by its own statement; the texts are indexed by its own loop, as those of any tasks that
/// came. The events stand under a transaction that was folded long ago, so that nothing counts twice.
/// </summary>
internal sealed class History(NpgsqlDataSource scheduler, DateTimeOffset now, int count)
{
    /// <summary>The newest ones have not ended: they wait for a time that does not come, or for somebody.</summary>
    private const int Live = 5_000;

    private const int Chunk = 20_000;
    private const int SessionEach = 5;
    private const string Folded = "3";

    private static readonly TimeSpan IndexLimit = TimeSpan.FromHours(1);

    public static async Task<bool> IsThereAsync(NpgsqlDataSource scheduler, int count, CancellationToken cancellationToken) =>
        await scheduler.RunAsync("SELECT count(*) FROM (SELECT FROM tasks LIMIT $1) t", cancellationToken, count) is long there && there == count;

    public async Task LoadAsync(World world, CancellationToken cancellationToken)
    {
        await MonthsAsync(cancellationToken);
        Copying[] tables = [Tasks(), Events(), Outcomes(), Sessions(), LiveOnes()];
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

            foreach (var task in chunk.Where(HasEnded))
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

    private bool HasEnded(PastTask task) => task.Number < count - Live;

    private Copying Tasks() => new(
        scheduler,
        "COPY tasks (id, type, prompt, input, post_id, agent_id, priority, run_anyway, max_attempts, backoff, labels, created_by, created_at) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) => await copy.RowAsync(
            cancellationToken, (task.Id, Db.Uuid), (task.Type, Db.Text), (task.Prompt, Db.Text), (task.Number % 3 == 0 ? $$"""{"n":{{task.Number}}}""" : null, Db.Json), (task.Post, Db.Text),
            (task.Number % 2 == 0 ? task.Agent : null, Db.Text), ((short)0, Db.Smallint), (false, Db.Boolean), ((short)3, Db.Smallint), (1.0, Db.Double), (task.Labels, Db.Jsonb), (task.Owner, Db.Text), (task.At, Db.TimestampTz)));

    private Copying Outcomes() => new(
        scheduler,
        "COPY outcomes (id, status, attempt, agent_id, device_id, result, error_kind, error, usage, assigned_at, started_at, finished_at) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) =>
        {
            if (HasEnded(task))
            {
                var failed = task.Status == "failed";
                await copy.RowAsync(
                    cancellationToken, (task.Id, Db.Uuid), (task.Status, Db.Text), (1, Db.Integer), (task.Agent, Db.Text), (task.Device, Db.Text),
                    (task.Status == "done" ? $$"""{"answer":"It was done as it was asked for, number {{task.Number}}."}""" : null, Db.Json), (failed ? "failed" : null, Db.Text), (failed ? "It fell over." : null, Db.Text),
                    (task.Usage, Db.Json), (task.StartedAt, Db.TimestampTz), (task.StartedAt, Db.TimestampTz), (task.EndedAt, Db.TimestampTz));
            }
        });

    private Copying Events() => new(
        scheduler,
        "COPY task_events (task_id, number, tx, horizon, at, kind, status, attempt, agent_id, device_id) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) =>
        {
            (string Status, DateTimeOffset At, int Attempt)[] states = HasEnded(task)
                ? [("queued", task.At, 0), ("assigned", task.StartedAt, 1), ("running", task.StartedAt, 1), (task.Status, task.EndedAt, 1)]
                : [("queued", task.At, 0)];
            for (var n = 0; n < states.Length; n++)
            {
                await copy.RowAsync(
                    cancellationToken, (task.Id, Db.Uuid), (n + 1L, Db.Bigint), (ulong.Parse(Folded), Db.Xid8), (ulong.Parse(Folded), Db.Xid8), (states[n].At, Db.TimestampTz), ("state", Db.Text), (states[n].Status, Db.Text),
                    (states[n].Attempt, Db.Integer), (n > 0 ? task.Agent : null, Db.Text), (n > 0 ? task.Device : null, Db.Text));
            }
        });

    private Copying Sessions() => new(
        scheduler,
        "COPY sessions (first_task, id, agent_id, device_id, post_id, owner, title, created_at, last_at, tasks, input_tokens, output_tokens, cost_usd) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) =>
        {
            if (task.Number % SessionEach == 0)
            {
                await copy.RowAsync(
                    cancellationToken, (task.Id, Db.Uuid), (task.Id.ToString(), Db.Text), (task.Agent, Db.Text), (task.Device, Db.Text), (task.Post, Db.Text), (task.Owner, Db.Text),
                    (task.Prompt[..Math.Min(task.Prompt.Length, 80)], Db.Text), (task.At, Db.TimestampTz), (task.EndedAt, Db.TimestampTz), (1, Db.Integer), (1_000L, Db.Bigint), (100L, Db.Bigint), (0.01, Db.Double));
            }
        });

    private Copying LiveOnes() => new(
        scheduler,
        "COPY live (id, stage, rank, lane, events, agent_id, ready_at, max_attempts, backoff, waits, run_anyway) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) =>
        {
            if (!HasEnded(task))
            {
                var scheduled = task.Number % 5 != 0;
                await copy.RowAsync(
                    cancellationToken, (task.Id, Db.Uuid), ((short)(scheduled ? 1 : 0), Db.Smallint), (0L, Db.Bigint), (0L, Db.Bigint), (1L, Db.Bigint), (task.Agent, Db.Text),
                    (scheduled ? (object)now.AddDays(300) : null, Db.TimestampTz), ((short)3, Db.Smallint), (1.0, Db.Double), (scheduled ? 0 : 1, Db.Integer), (false, Db.Boolean));
            }
        });

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
