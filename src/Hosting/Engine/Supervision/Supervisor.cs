using Agents.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Agents.Hosting.Engine;

/// <summary>Keeps one instance running: starts it, watches its health, starts it again when it dies.</summary>
internal sealed partial class Supervisor(
    IWorkload workload, ResourceRun run, StatusBoard board, RotatingLog log, TimeProvider time, ILogger logger,
    Action<DistributedApplicationException> fail)
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task _loop = Task.CompletedTask;
    private ChildProcess? _child;
    private bool _wasHealthy;
    private long? _healthySince;

    public void Start(Task dependencies) => _loop = Task.Run(() => RunAsync(dependencies, _stopping.Token));

    public async Task StopAsync(TimeSpan limit)
    {
        ChildProcess? child;
        lock (_lock)
        {
            _stopping.Cancel();
            child = _child;
        }

        if (child is not null)
        {
            Report(KnownResourceStates.Stopping);
            await child.StopAsync(limit);
        }

        await _loop;
        log.Dispose();
    }

    private async Task RunAsync(Task dependencies, CancellationToken stopping)
    {
        TimeSpan? pause = null;
        try
        {
            if (!dependencies.IsCompleted)
            {
                Report(KnownResourceStates.Waiting);
                await dependencies.WaitAsync(stopping);
            }

            while (true)
            {
                var (exitCode, why) = await RunOnceAsync(stopping);
                stopping.ThrowIfCancellationRequested();
                pause = RestartPause.Next(pause, _healthySince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
                Report(KnownResourceStates.Exited, null, exitCode, $"{why}; starting again in {pause.Value.TotalSeconds:0.#} s");
                await Task.Delay(pause.Value, time, stopping);
            }
        }
        catch (DistributedApplicationException e)
        {
            Report(KnownResourceStates.FailedToStart, HealthStatus.Unhealthy, note: e.Message);
            fail(e);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            if (_child is not null)
            {
                Report(KnownResourceStates.Exited);
            }
        }
    }

    /// <summary>From a start to the end that follows. Only what can't be mended by starting again comes out as an exception.</summary>
    private async Task<(int? ExitCode, string Why)> RunOnceAsync(CancellationToken stopping)
    {
        _healthySince = null;
        Report(KnownResourceStates.Starting);
        try
        {
            if (await workload.PrepareAsync(stopping) is not { } command)
            {
                Report(KnownResourceStates.Running);
                await WatchHealthAsync(stopping);
                return (null, "no longer watched");
            }

            var child = await StartAsync(command, stopping);
            log.WriteLine($"--- {workload.Id} started as process {child.Id}");
            Report(KnownResourceStates.Running);
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var watch = WatchHealthAsync(gone.Token);
            if (await Task.WhenAny(child.Exited, watch) == watch)
            {
                // Before the child ended: something that starting again does not mend.
                await watch;
            }

            var exitCode = await child.Exited;
            await gone.CancelAsync();
            await watch;
            return (exitCode, $"ended with exit code {exitCode}: {log.LastLine}");
        }
        catch (Exception e) when (e is not DistributedApplicationException && !stopping.IsCancellationRequested)
        {
            Log.RunFailed(logger, e, workload.Id);
            return (null, e.Message);
        }
    }

    private async Task<ChildProcess> StartAsync(ChildCommand command, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        var child = await ChildProcess.StartAsync(command, log, time);
        lock (_lock)
        {
            _child = child;
            if (!stopping.IsCancellationRequested)
            {
                return child;
            }
        }

        // Told to stop between the two lines above: nobody else knows of this child.
        await child.StopAsync(TimeSpan.FromSeconds(1));
        throw new OperationCanceledException(stopping);
    }

    private Task WatchHealthAsync(CancellationToken gone) =>
        new HealthWatch(workload, time).RunAsync(isHealthy => ChangedAsync(isHealthy, gone), gone);

    private async Task ChangedAsync(bool isHealthy, CancellationToken gone)
    {
        Report(KnownResourceStates.Running, isHealthy ? HealthStatus.Healthy : HealthStatus.Unhealthy);
        _healthySince = isHealthy ? time.GetTimestamp() : null;
        if (isHealthy && !_wasHealthy)
        {
            _wasHealthy = true;
            await run.ReplicaIsHealthyAsync(gone);
        }
    }

    private void Report(string state, HealthStatus? health = null, int? exitCode = null, string? note = null) =>
        board.Report(new InstanceStatus(workload.Resource, workload.Id, state) { Health = health, ExitCode = exitCode, Address = workload.Address, Note = note });

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Id} could not run")]
        public static partial void RunFailed(ILogger logger, Exception exception, string id);
    }
}
