using Agents.Contracts.Realtime;
using Agents.Daemon.Config;
using Agents.Daemon.Link;
using Agents.Daemon.Machine;
using Agents.Daemon.Programs;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Work;
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
        var outbox = new Outbox();
        var agents = new CarriedAgents();
        var files = new MachineFiles();
        var load = new LoadGauge(files);
        IGauge[] gauges =
        [
            new CpuGauge(files), new MemoryGauge(files), new DiskGauge(files), new NetworkGauge(files, time), load,
            new TemperatureGauge(files), new AgentGauge(agents),
        ];
        var updates = new UpdateLoop(folders, config.Labels, Inventory.OfThisMachine(time), outbox, time, log);
        var configs = new AgentConfigs(folders, agents, outbox, (id, cancellationToken) => FetchAsync(device, id, cancellationToken), time, log);
        var link = new DeviceLink(
            () => device = Current(device), config.Server, config.Trust, signer, clock, outbox, agents, () => new(agents.ToHeartbeat(), load.PerCore),
            new(folders, config.Server?.ToString(), time, log), time, Random.Shared.NextDouble, log)
        {
            Connected = updates.Connected,
            Relisted = configs.Relisted,
            Told = configs.Told,
        };
        var metrics = new MetricsLoop(gauges, outbox, clock, config.CollectInterval, time, log);

        Log.Started(log, Build.Version, device.DeviceId);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] beside = [metrics.RunAsync(over.Token), updates.RunAsync(over.Token), configs.RunAsync(over.Token)];
        var end = await link.RunAsync(stop);
        await over.CancelAsync();
        await Task.WhenAll(beside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Log.Ended(log, end.Reason);
        if (end.Kind is EndKind.Replaced)
        {
            throw new Failure(
                ExitCode.Replaced, $"Another daemon runs with the identity of this device ({device.DeviceId}), so this one has stopped. If both machines shall be devices, enrol one of them under another --device-id.");
        }
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

        [LoggerMessage(LogLevel.Warning, "{Problem}")]
        public static partial void Config(ILogger log, string problem);
    }
}
