using System.Diagnostics;
using Agents.Bench.Devices;
using Agents.Bench.Figures;
using Agents.Bench.Load;
using Agents.Bench.Subject;
using Agents.Contracts.Registry;
using Npgsql;

namespace Agents.Bench.Metrics;

/// <summary>How long figures over time take to read with many of them there, and how fast they are written.</summary>
internal static class MetricsBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var agents = await RunningAgents.StartAsync(cancellationToken);
        await using var database = NpgsqlDataSource.Create(await agents.ConnectionStringAsync("registrydb", cancellationToken));
        using var intake = new MetricIntake(agents.Registry, RunningAgents.ServiceKey, options.Connections);
        await database.EnrolAsync(MetricHistory.Devices, cancellationToken);
        var (history, now, report) = (new MetricHistory(database, intake), TimeProvider.System.GetUtcNow(), new MetricsReport(options));

        var series = await history.MakeSeriesAsync(now, cancellationToken);
        report.Loading = await SayAsync("loaded", () => history.LoadAsync(series, options.Points, now, cancellationToken));
        report.Rolling = await SayAsync("rolled up", () => history.RollUpAsync(now, cancellationToken));
        report.Minutes = (long)(await database.RunAsync("SELECT count(*) FROM metric_minutes", cancellationToken))!;
        await SayAsync("old ones loaded", () => history.LoadOldAsync(series[..MetricHistory.FiguresOfEach], now, cancellationToken));

        var clock = CpuClock.OfChildren(("registry", "Agents.Registry.dll"), ("gateway", "Agents.Gateway.dll"), (CpuClock.Postgres, "postgres -D"));
        report.AskingBeside = await BesideAsync(clock, () => AskAsync(agents, now, report, cancellationToken));
        var copy = new CopyLoad(database, Rows(intake, series), options.Connections);
        await copy.CreateTableAsync(cancellationToken);
        report.WritingBeside = await BesideAsync(clock, () => WriteAsync(copy, intake, options, report, cancellationToken));
        Console.WriteLine(report.Write());
        return 0;
    }

    private static async Task AskAsync(RunningAgents agents, DateTimeOffset now, MetricsReport report, CancellationToken cancellationToken)
    {
        using var gateway = new HttpClient { BaseAddress = agents.Gateway };
        gateway.DefaultRequestHeaders.Authorization = new("Bearer", await agents.AdminAsync(cancellationToken));
        foreach (var question in MetricQuestion.All)
        {
            var (items, latencies) = await question.AskAsync(gateway, now, cancellationToken);
            report.Add(question, items, latencies);
            Console.Error.WriteLine($"{question.Name}: {latencies.Percentile(0.5).TotalMilliseconds:0.0} ms");
        }
    }

    /// <summary>The report that is brought again and again, and its rows.</summary>
    private static List<(int, DateTime, double)> Rows(MetricIntake intake, int[] series)
    {
        var now = TimeProvider.System.GetUtcNow();
        intake.Report = [.. Enumerable.Range(0, MetricReport.MaxPoints / series.Length).SelectMany(second => MetricHistory.OneOfEach(now.AddSeconds(-second)))];
        return [.. intake.Report.Select((point, n) => (series[n % series.Length], point.At.UtcDateTime, point.Value))];
    }

    /// <summary>In turn, every other round backwards, so that what drifts meets both alike.</summary>
    private static async Task WriteAsync(CopyLoad copy, MetricIntake intake, BenchOptions options, MetricsReport report, CancellationToken cancellationToken)
    {
        (ILoad Load, List<Turn> Turns)[] both = [(copy, report.Raw), (intake, report.Service)];
        foreach (var (load, _) in both)
        {
            await load.RunAsync(WarmUp, cancellationToken);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (load, turns) in round % 2 == 0 ? both : both.Reverse())
            {
                turns.Add(await load.RunAsync(options.Turn, cancellationToken));
            }
        }
    }

    private static async Task<(double Cores, double Load)> BesideAsync(CpuClock clock, Func<Task> work)
    {
        var (before, start) = (clock.Read(), Stopwatch.GetTimestamp());
        await work();
        return (clock.Read().Since(before).Others / Stopwatch.GetElapsedTime(start).TotalSeconds, MetricsReport.LoadAverage());
    }

    private static async Task<TimeSpan> SayAsync(string what, Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        var took = Stopwatch.GetElapsedTime(start);
        Console.Error.WriteLine($"{what} in {took.TotalSeconds:0.0} s");
        return took;
    }
}
