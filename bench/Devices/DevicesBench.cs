using System.Diagnostics;
using Agents.Bench.Figures;
using Agents.Bench.Subject;
using Npgsql;

namespace Agents.Bench.Devices;

/// <summary>What devices cost that are connected and have nothing to do.</summary>
internal static class DevicesBench
{
    /// <summary>Of agents that turn busy.</summary>
    private const int Changes = 300;

    /// <summary>Connected and gone again before anything counts, so that compiled code and pools are not counted as theirs.</summary>
    private const int WarmUp = 500;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var agents = await RunningAgents.StartAsync(cancellationToken);
        await using var database = NpgsqlDataSource.Create(await agents.ConnectionStringAsync("registrydb", cancellationToken));
        await database.EnrolAsync(options.Count, cancellationToken);
        var admin = await agents.AdminAsync(cancellationToken);
        var door = options.Gateway ? agents.Gateway : agents.Realtime;
        var realtime = CpuClock.OfChildren((DevicesReport.Realtime, "Agents.Realtime.dll")).ProcessOf(DevicesReport.Realtime);
        var clock = CpuClock.OfChildren(
            (DevicesReport.Realtime, "Agents.Realtime.dll"), (DevicesReport.Registry, "Agents.Registry.dll"), (DevicesReport.Gateway, "Agents.Gateway.dll"),
            (CpuClock.Postgres, "postgres -D"));

        await WarmUpAsync(Math.Min(WarmUp, options.Count), door, admin, agents, cancellationToken);
        await Collection.RunAsync(realtime, cancellationToken);
        var report = new DevicesReport(options) { MemoryBefore = ResidentMemory.Read(realtime) };

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectLimit);
        using var fleet = new Fleet(options.Count);
        var start = Stopwatch.GetTimestamp();
        report.Connecting = await fleet.ConnectAsync(door, limit.Token);
        await UntilAsync(() => agents.AreOnlineAsync(options.Count, admin, cancellationToken), cancellationToken);
        report.Listed = Stopwatch.GetElapsedTime(start);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = fleet.BeatAsync(stop.Token);
        using (var watcher = await Watcher.ConnectAsync(door, admin, cancellationToken))
        {
            report.Presence = await watcher.MeasureAsync(fleet.Devices.Take(Changes), cancellationToken);
        }

        var before = clock.Read();
        await Task.WhenAny(beating, Task.Delay(options.Turn, cancellationToken));
        report.Cpu = clock.Read().Since(before);
        report.MemoryAsItIs = ResidentMemory.Read(realtime);
        await Collection.RunAsync(realtime, cancellationToken);
        report.MemorySettled = ResidentMemory.Read(realtime);
        report.Lost = fleet.Lost;
        Console.WriteLine(report.Write());
        await stop.CancelAsync();
        await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return report.Lost == 0 ? 0 : 1;
    }

    private static async Task WarmUpAsync(int count, Uri door, string admin, RunningAgents agents, CancellationToken cancellationToken)
    {
        using (var fleet = new Fleet(count))
        {
            await fleet.ConnectAsync(door, cancellationToken);
            await UntilAsync(() => agents.AreOnlineAsync(count, admin, cancellationToken), cancellationToken);
        }

        await UntilAsync(async () => !await agents.AreOnlineAsync(1, admin, cancellationToken), cancellationToken);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > ListLimit)
            {
                throw new TimeoutException($"After {ListLimit.TotalSeconds:0} s the list of devices does not show yet who is online and who is not.");
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }
}
