using Agents.Bench.Figures;
using Agents.Bench.Load;
using Agents.Bench.Metrics;
using Agents.Bench.Subject;
using Npgsql;

namespace Agents.Bench.Tasks;

/// <summary>How fast work gets done, beside its peers: from a submit by REST to the stored result, with a device that answers at once.</summary>
internal static class TasksBench
{
    private const int People = 16;
    private const int WarmUpTasks = 20_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var agents = await RunningAgents.StartAsync(cancellationToken);
        await using var scheduler = NpgsqlDataSource.Create(await agents.ConnectionStringAsync("schedulerdb", cancellationToken));
        await using var identity = NpgsqlDataSource.Create(await agents.ConnectionStringAsync("identitydb", cancellationToken) + ";Maximum Pool Size=200");
        await TicketRow.CreateTableAsync(identity, cancellationToken);
        using var redis = await RedisServer.StartAsync(cancellationToken);
        if (redis is null)
        {
            Console.Error.WriteLine("There is no redis-server here, so BullMQ is left out. Debian: apt-get install redis-server");
        }

        var peers = new Peers(new(await agents.ConnectionStringAsync("identitydb", cancellationToken)), redis);
        await peers.PrepareAsync(cancellationToken);

        var (ledger, admin) = (new Ledger(), await agents.AdminAsync(cancellationToken));
        await using var awake = await WorkForce.EnrolAsync(agents.Gateway, admin, "awake", options.Count, ledger, cancellationToken);
        await using var asleep = await WorkForce.EnrolAsync(agents.Gateway, admin, "asleep", options.Count, ledger, cancellationToken);
        await awake.WakeAsync(cancellationToken);
        var requests = new SubmitRequests(agents.Gateway, await agents.PeopleAsync(People, cancellationToken));
        var clock = CpuClock.OfChildren(
            ("gateway", "Agents.Gateway.dll"), ("scheduler", "Agents.Scheduler.dll"), ("realtime", "Agents.Realtime.dll"), (CpuClock.Postgres, "postgres -D"));
        var report = new TasksReport(options);
        var work = new Work(options, agents.Gateway, scheduler, requests, ledger, clock, report);

        await work.SubmitAsync(awake, Work.Single, WarmUpTasks, cancellationToken);
        await work.SubmitAsync(awake, Work.Batch, WarmUpTasks, cancellationToken);
        await new InsertLoad(identity, options.Connections).RunAsync(WarmUp, cancellationToken);
        report.LoadBefore = MetricsReport.LoadAverage();

        await RoundsAsync(work, peers, awake, new InsertLoad(identity, options.Connections), report, cancellationToken);
        if (options.Wants("idle"))
        {
            var one = new OneAtATime(agents.Gateway, admin, awake, requests, ledger);
            await one.RunAsync(cancellationToken);
            await one.CancelAsync(cancellationToken);
            report.Idle = one;
            foreach (var peer in peers.Names)
            {
                report.PeersIdle[peer] = await peers.MeasureAsync(peer, "latency", 400, options.Connections, cancellationToken);
            }
        }

        if (options.Wants("backlog"))
        {
            await work.BacklogAsync(awake, asleep, cancellationToken);
        }

        await ledger.CheckAsync(scheduler, cancellationToken);
        report.LoadAfter = MetricsReport.LoadAverage();
        Console.WriteLine(report.Write());
        return 0;
    }

    /// <summary>Peer, ours, peer, ours: each peer is held against the turn of ours that stands beside it.</summary>
    private static async Task RoundsAsync(Work work, Peers peers, WorkForce awake, InsertLoad insert, TasksReport report, CancellationToken cancellationToken)
    {
        var options = report.Options;
        for (var round = 1; round <= options.Rounds; round++)
        {
            if (options.Wants("raw INSERT"))
            {
                report.Raw.Add(await insert.RunAsync(options.Turn, cancellationToken));
                Console.Error.WriteLine($"round {round}  raw INSERT: {report.Raw[^1].PerSecond:N0}/s");
            }

            foreach (var way in Work.Ways)
            {
                foreach (var peer in peers.Names.Where(peer => options.Wants($"{peer} {way.Name}")))
                {
                    var theirs = await peers.MeasureAsync(peer, way.Name, options.TasksOf(way), way.ConnectionsOf(options), cancellationToken);
                    var ours = await work.SubmitAsync(awake, way, options.TasksOf(way), cancellationToken);
                    report.Add(peer, way, theirs, ours);
                    Console.Error.WriteLine($"round {round}  {peer} {way.Name}: {theirs.PerSecond:N0}/s, ours {ours.PerSecond:N0}/s, load {MetricsReport.LoadAverage():0.0}");
                }

                if (options.Wants($"ours {way.Name}") && !options.Wants($"{peers.Names[0]} {way.Name}"))
                {
                    var ours = await work.SubmitAsync(awake, way, options.TasksOf(way), cancellationToken);
                    report.Add(way, ours);
                    Console.Error.WriteLine($"round {round}  ours {way.Name}: {ours.PerSecond:N0}/s, p99 {ours.Submits.Latencies.Percentile(0.99).TotalMilliseconds:0} ms");
                }
            }
        }
    }
}
