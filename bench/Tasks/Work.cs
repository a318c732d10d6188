using System.Diagnostics;
using Agents.Bench.Figures;
using Agents.Bench.Load;
using Npgsql;

namespace Agents.Bench.Tasks;

/// <summary>How tasks come in.</summary>
/// <param name="Callers">At most so many at once: with large batches more would only wait for each other.</param>
internal sealed record Way(string Name, int Each, int Callers)
{
    public int ConnectionsOf(BenchOptions options) => Math.Min(Callers, options.Connections);
}

/// <summary>One turn of ours.</summary>
/// <param name="PerSecond">From the first submit to the acknowledgement of the last result.</param>
internal sealed record WorkTurn(int Tasks, double PerSecond, Turn Submits, CpuTimes Cpu)
{
    public double SubmitsPerSecond => Tasks / Submits.Elapsed.TotalSeconds;
}

/// <summary>Gets tasks done by the application as it runs, and waits until they are.</summary>
internal sealed class Work(
    BenchOptions options, Uri gateway, NpgsqlDataSource scheduler, SubmitRequests requests, Ledger ledger, CpuClock clock, TasksReport report)
{
    public static readonly Way Single = new("single", 1, int.MaxValue);
    public static readonly Way Batch = new("batch", 100, 8);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static IReadOnlyList<Way> Ways { get; } = [Single, Batch];

    public async Task<WorkTurn> SubmitAsync(WorkForce force, Way way, int tasks, CancellationToken cancellationToken)
    {
        ledger.Expect(tasks);
        var (start, before) = (Stopwatch.GetTimestamp(), clock.Read());
        var submits = await Load(force, way).RunAsync(tasks, cancellationToken);
        var (_, last) = await ledger.AllAsync(Limit, cancellationToken);
        return new(tasks, tasks / Stopwatch.GetElapsedTime(start, last).TotalSeconds, submits, clock.Read().Since(before));
    }

    /// <summary>With much that waits: for agents that sleep, and then for those that work.</summary>
    public async Task BacklogAsync(WorkForce awake, WorkForce asleep, CancellationToken cancellationToken)
    {
        var (backlog, tasks) = (new Backlog(scheduler, ledger), options.TasksOf(Single));
        // Once unmeasured: what comes first compiles what the others find compiled.
        await DrainAsync(backlog, awake, tasks, cancellationToken);
        await MeasureAsync("empty", report.EmptyRates, () => DrainAsync(backlog, awake, tasks, cancellationToken));
        await Load(asleep, Single).RunAsync(tasks, cancellationToken);
        for (var round = 0; round < options.Rounds; round++)
        {
            report.OnlySubmits.Add(await Load(asleep, Single).RunAsync(tasks, cancellationToken));
        }

        await backlog.LoadAsync(asleep.Agents, options.Backlog, cancellationToken);
        await backlog.SettleAsync(cancellationToken);
        Console.Error.WriteLine($"{options.Backlog:N0} are queued for agents that sleep");
        await MeasureAsync("beside sleepers", report.SleepersRates, () => DrainAsync(backlog, awake, tasks, cancellationToken));
        await MeasureAsync("single beside sleepers", report.SubmitsBesideSleepers, async () => (await SubmitAsync(awake, Single, tasks, cancellationToken)).PerSecond);
        ledger.Expect(tasks);
        await asleep.WakeAsync(cancellationToken);
        await MeasureAsync("same lanes", report.SameLaneRates, async () =>
        {
            var rate = await RateAsync(tasks, cancellationToken);
            ledger.Expect(tasks);
            return rate;
        });
        await asleep.RestAsync(Limit, cancellationToken);
    }

    private SubmitLoad Load(WorkForce force, Way way) => new(
        gateway, way.Each == 1 ? requests.Single(force.Agents) : requests.Batch(force.Agents, way.Each), way.ConnectionsOf(options), way.Each, ledger);

    private async Task MeasureAsync(string what, List<double> rates, Func<Task<double>> measure)
    {
        for (var round = 1; round <= options.Rounds; round++)
        {
            rates.Add(await measure());
            Console.Error.WriteLine($"round {round}  {what}: {rates[^1]:N0}/s");
        }
    }

    /// <summary>From the first that comes to a device, because what nobody told of is found by a look once a second.</summary>
    private async Task<double> DrainAsync(Backlog backlog, WorkForce force, int tasks, CancellationToken cancellationToken)
    {
        ledger.Expect(tasks);
        await backlog.LoadAsync(force.Agents, tasks, cancellationToken);
        return await RateAsync(tasks, cancellationToken);
    }

    private async Task<double> RateAsync(int tasks, CancellationToken cancellationToken)
    {
        var (first, last) = await ledger.AllAsync(Limit, cancellationToken);
        return tasks / Stopwatch.GetElapsedTime(first, last).TotalSeconds;
    }
}
