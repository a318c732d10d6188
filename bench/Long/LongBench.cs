using System.Diagnostics;
using System.Globalization;
using Agents.Bench.Figures;
using Agents.Bench.Metrics;
using Agents.Bench.Subject;
using Npgsql;

namespace Agents.Bench.Long;

/// <summary>How long lists and reports take with ten million tasks there, for who sees all and for who owns a hundredth.</summary>
internal static class LongBench
{
    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var agents = await RunningAgents.StartAsync(cancellationToken);
        await using var database = NpgsqlDataSource.Create(await agents.ConnectionStringAsync("schedulerdb", cancellationToken));
        var (person, personId) = await agents.PersonAsync(cancellationToken);
        var (now, started) = (TimeProvider.System.GetUtcNow(), Stopwatch.GetTimestamp());
        if (await History.IsThereAsync(database, options.Count, cancellationToken))
        {
            Console.Error.WriteLine("They are there already.");
        }
        else
        {
            var history = new History(database, now, options.Count);
            await history.LoadAsync(new World(personId, now, options.Count), cancellationToken);
            await history.SettleAsync(cancellationToken);
        }

        var size = (long)(await database.RunAsync("SELECT pg_database_size(current_database())", cancellationToken))!;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Count:N0} tasks, there after {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s, {size / 1e9:0.0} GB."));
        Console.WriteLine();
        Console.WriteLine("| who | question | items | p50 ms | p99 ms | goal | |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|---|");
        var clock = CpuClock.OfChildren(("scheduler", "Agents.Scheduler.dll"), ("gateway", "Agents.Gateway.dll"), (CpuClock.Postgres, "postgres -D"));
        var (before, begun) = (clock.Read(), Stopwatch.GetTimestamp());
        foreach (var (who, token) in new[] { ("admin", await agents.AdminAsync(cancellationToken)), ("1 %", person) })
        {
            await AskAsync(options, agents.Gateway, database, now, who, token, who == "admin" ? null : personId, cancellationToken);
        }

        var others = clock.Read().Since(before).Others / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Others took {others:0.00} cores meanwhile; load average {MetricsReport.LoadAverage():0.0}."));
        return 0;
    }

    private static async Task AskAsync(
        BenchOptions options, Uri address, NpgsqlDataSource database, DateTimeOffset now, string who, string token, string? owner, CancellationToken cancellationToken)
    {
        using var gateway = new HttpClient { BaseAddress = address };
        gateway.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var ids = await IdsAsync(database, owner, cancellationToken);
        foreach (var question in LongQuestions.All(now, ids).Where(question => options.Wants(question.Name)))
        {
            var (items, latencies) = await question.AskAsync(gateway, cancellationToken);
            var (p50, p99) = (latencies.Percentile(0.5).TotalMilliseconds, latencies.Percentile(0.99).TotalMilliseconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {who} | {question.Name} | {items:N0} | {p50:0.0} | {p99:0.0} | {question.GoalMilliseconds} | {(p99 <= question.GoalMilliseconds ? "met" : p50 <= question.GoalMilliseconds ? "p50 met" : "**missed**")} |"));
        }
    }

    /// <summary>From all of the past.</summary>
    private static async Task<List<string>> IdsAsync(NpgsqlDataSource database, string? owner, CancellationToken cancellationToken)
    {
        var ids = (string[])(await database.RunAsync(
            $"""
            SELECT array_agg(id::text) FROM (
                SELECT t.id FROM generate_series(1, 85) day CROSS JOIN LATERAL (
                    SELECT id FROM tasks WHERE id > (lpad(to_hex((extract(epoch FROM now() - day * interval '1 day') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
                        {(owner is null ? "" : "AND created_by = $1")} ORDER BY id LIMIT 1) t) ids
            """,
            cancellationToken, owner is null ? [] : [owner]))!;
        return [.. ids];
    }
}
