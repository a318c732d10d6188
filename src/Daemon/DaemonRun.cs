using Agents.Contracts.Realtime;
using Agents.Daemon.Config;
using Agents.Daemon.Link;
using Agents.Daemon.Machine;
using Agents.Daemon.Mcp;
using Agents.Daemon.Processes;
using Agents.Daemon.Programs;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Work;
using Agents.Daemon.Work.Files;
using Agents.Daemon.Work.Repos;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon;

/// <summary>The daemon: what it consists of, and its life from the first connection to the last.</summary>
internal sealed partial class DaemonRun(Folders folders, DaemonConfig config, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Until it is told to stop, which is success; everything else that ends it is a <see cref="Failure"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var device = Enrolment.Required(folders);
        using var only = await LockAsync(stop);
        foreach (var warning in config.Warnings)
        {
            Log.Config(log, warning);
        }

        var clock = new ServerClock(time);
        using var signer = new Signer(() => OwnKey.Read(folders), clock, time);
        // A key that can't be read is said at once.
        signer.Renew();
        using var backlog = new Backlog(folders.BacklogFile, log);
        var outbox = new Outbox(backlog: backlog);
        var agents = new CarriedAgents();
        var server = new ServerCalls(() => device, config.Server, config.Trust);
        var outgoing = new Outgoing(folders, new());
        var spool = new Spool(folders, outgoing, log);
        var sender = new SpoolSender(spool, outbox, server, new(spool, outgoing, server, log), time, log);
        using var door = new McpDoor(folders, time, log);
        door.Open();
        using var work = await WorkAsync(spool, sender, outgoing, server, outbox, () => device.DeviceId, door, new(() => device, config.Server, config.Trust, signer));
        var load = new LoadGauge(new());
        var updates = new UpdateLoop(folders, config.Labels, Inventory.OfThisMachine(time), outbox, time, log);
        var configs = new AgentConfigs(folders, agents, outbox, (id, cancellationToken) => FetchAsync(device, id, cancellationToken), time, log);
        var link = new DeviceLink(
            () => device = Current(device), config.Server, config.Trust, signer, clock, outbox, agents,
            () => new(agents.ToHeartbeat(work.Desk.RunningOf), load.PerCore, work.Desk.Running),
            new(folders, config.Server?.ToString(), time, log), time, Random.Shared.NextDouble, log)
        {
            Connected = () =>
            {
                updates.Connected();
                sender.Again();
                work.Questions.Again();
            },
            Relisted = configs.Relisted,
            Ears = new() { Told = configs.Told, Ordered = work.Desk.Ordered, Canceled = work.Desk.Canceled, Acked = work.Desk.Acked, Answered = work.Desk.Answered, Messaged = work.Desk.Messaged },
        };
        var metrics = new MetricsLoop(Gauges(load, agents, work), outbox, clock, config.CollectInterval, time, log);

        Log.Started(log, Build.Version, device.DeviceId);
        using var over = new CancellationTokenSource();
        using var disconnect = new CancellationTokenSource();
        Task[] beside = [metrics.RunAsync(over.Token), updates.RunAsync(over.Token), configs.RunAsync(over.Token), sender.RunAsync(over.Token), work.Watch.RunAsync(over.Token), work.Repos.RunAsync(over.Token), door.RunAsync(over.Token)];
        var connected = link.RunAsync(disconnect.Token);
        await Task.WhenAny(connected, Task.Delay(Timeout.Infinite, stop));
        // What runs is ended, and said to be, while there is still a connection.
        await work.Desk.CloseAsync();
        await disconnect.CancelAsync();
        var end = await connected;
        await over.CancelAsync();
        await Task.WhenAll(beside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Log.Ended(log, end.Reason);
        if (end.Kind is EndKind.Replaced)
        {
            throw new Failure(
                ExitCode.Replaced, $"Another daemon runs with the identity of this device ({device.DeviceId}), so this one has stopped. If both machines shall be devices, enrol one of them under another --device-id.");
        }
    }

    /// <summary>What does the work of tasks, after all that a daemon before this one has left is gone.</summary>
    private async Task<Workshop> WorkAsync(
        Spool spool, SpoolSender sender, Outgoing outgoing, IServerCalls server, Outbox outbox, Func<string> deviceId, McpDoor door, RunServer tools)
    {
        var table = new ProcessTable();
        var git = new Git(time);
        var repos = new RepoClones(folders, git, time, log);
        await new Leftovers(folders, spool, table, repos, time, log).ClearAsync();
        var cgroups = config.Cgroups ? Cgroups.OfThisProcess() : Cgroups.None;
        Log.Limits(log, cgroups.Limits.Count == 0 ? "none" : string.Join(", ", cgroups.Limits));
        var around = new RunSurroundings(table, cgroups, new(table, time, log), new(log), time);
        var questions = new Questions(outbox, time);
        var parts = new WorkParts(
            folders, new(new(folders), server, time, log), around, outbox, questions, new(folders, log), repos, outgoing, new(git), server, deviceId, door, tools, Environment.GetEnvironmentVariable,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), time, log);
        return new(new(parts, spool, sender, config.Concurrency), questions, new(folders, git, time, log), around.Watch, around.Guard);
    }

    private IReadOnlyList<IGauge> Gauges(LoadGauge load, CarriedAgents agents, Workshop work)
    {
        var files = new MachineFiles();
        return
        [
            new CpuGauge(files), new MemoryGauge(files), new DiskGauge(files), new NetworkGauge(files, time), load,
            new TemperatureGauge(files), new AgentGauge(agents, work.Watch.Usage, work.Desk.RunningOf, time),
        ];
    }

    private sealed record Workshop(WorkDesk Desk, Questions Questions, RepoSweep Repos, RunWatch Watch, Guard Guard) : IDisposable
    {
        public void Dispose() => Guard.Dispose();
    }

    private async Task<AgentConfigTold?> FetchAsync(Enrolment device, string agentId, CancellationToken cancellationToken)
    {
        using var server = ServerApi.At(config.Server ?? ServerAddress.Parse(device.Server), config.Trust);
        return await server.AgentConfigAsync(agentId, device.DeviceToken, cancellationToken);
    }

    private Enrolment Current(Enrolment last)
    {
        try
        {
            return Enrolment.Read(folders) ?? last;
        }
        catch (Exception e) when (e is Failure or IOException or UnauthorizedAccessException)
        {
            return last;
        }
    }

    private async Task<DaemonLock> LockAsync(CancellationToken stop)
    {
        if (DaemonLock.Take(folders) is { } taken)
        {
            return taken;
        }

        // Once more: 'ccc status' looks at the lock by touching it.
        await Task.Delay(LockPause, time, stop);
        return DaemonLock.Take(folders)
            ?? throw new Failure(ExitCode.Failed, $"A daemon runs already for {folders.State} (process {DaemonLock.Holder(folders)}); stop that one first.");
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "ccc {Version} starts as {Device}")]
        public static partial void Started(ILogger log, string version, string device);

        [LoggerMessage(LogLevel.Information, "ccc has stopped: {Reason}")]
        public static partial void Ended(ILogger log, string reason);

        [LoggerMessage(LogLevel.Information, "The kernel limits for tasks: {Limits}; the rest is watched")]
        public static partial void Limits(ILogger log, string limits);

        [LoggerMessage(LogLevel.Warning, "{Problem}")]
        public static partial void Config(ILogger log, string problem);
    }
}
