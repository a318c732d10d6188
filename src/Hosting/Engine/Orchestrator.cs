using Agents.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agents.Hosting.Engine;

/// <summary>Starts the resources in order of dependence, keeps them running, stops them in reverse order.</summary>
internal sealed partial class Orchestrator(
    DistributedApplicationModel model, Workloads workloads, Ports ports, DataFolder data, StatusBoard board, IScreen screen,
    ResourceNotificationService notifications, IHostEnvironment environment, IHostApplicationLifetime lifetime,
    IServiceProvider services, TimeProvider time, ILogger<Orchestrator> logger) : IHostedService
{
    /// <summary>The whole stop, from the first signal to the last process.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(9);

    private readonly Dictionary<IResource, ResourceRun> _runs = [];
    private readonly Dictionary<IResource, Task> _stops = [];
    private int _ready;

    /// <summary>Why the application ended, where that was not wanted.</summary>
    public DistributedApplicationException? Failure { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        data.Take();
        foreach (var resource in model.Resources)
        {
            ports.Allocate(resource);
        }

        foreach (var resource in model.Resources)
        {
            var instances = await workloads.OfAsync(resource, cancellationToken);
            if (instances.Count > 0)
            {
                Add(resource, instances);
            }
        }

        foreach (var run in _runs.Values)
        {
            var dependencies = Task.WhenAll(run.Dependencies.Select(d => _runs[d].Ready));
            run.Supervisors.ForEach(s => s.Start(dependencies));
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await screen.CloseAsync();
        await Task.WhenAll(_runs.Keys.ToList().Select(StopAsync));
        notifications.Close();
    }

    private void Add(IResource resource, IReadOnlyList<IWorkload> instances)
    {
        var run = new ResourceRun(resource, instances.Count, stopping => HealthyAsync(resource, stopping));
        foreach (var instance in instances)
        {
            board.Report(new InstanceStatus(resource, instance.Id, KnownResourceStates.NotStarted) { Address = instance.Address });
            run.Supervisors.Add(new Supervisor(
                instance, run, board, new RotatingLog(data.LogPath(instance.Id), time), time, logger, Fail));
        }

        _runs.Add(resource, run);
    }

    private async Task HealthyAsync(IResource resource, CancellationToken stopping)
    {
        var isLast = Interlocked.Increment(ref _ready) == _runs.Count;
        if (isLast)
        {
            await screen.AllHealthyAsync(board.Rows);
        }

        foreach (var callback in resource.Annotations.OfType<ReadyCallbackAnnotation>())
        {
            try
            {
                await callback.Callback(new ResourceReadyEvent(resource, services), stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Log.ReadyCallbackFailed(logger, e, resource.Name);
            }
        }

        if (isLast)
        {
            var name = environment.ApplicationName.Replace(".AppHost", "");
            var door = model.Resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()).FirstOrDefault(e => e.IsExternal);
            screen.Line(door is null ? $"{name} is ready" : $"{name} is ready: {new Uri(door.AllocatedEndpoint!.UriString).ToString().TrimEnd('/')}");
        }
    }

    private void Fail(DistributedApplicationException failure)
    {
        Failure ??= failure;
        lifetime.StopApplication();
    }

    /// <summary>A resource stops when all that depend on it have.</summary>
    private Task StopAsync(IResource resource)
    {
        lock (_stops)
        {
            return _stops.TryGetValue(resource, out var stop) ? stop : _stops[resource] = Task.Run(StopOneAsync);
        }

        async Task StopOneAsync()
        {
            await Task.WhenAll(_runs.Values.Where(r => r.Dependencies.Contains(resource)).Select(r => StopAsync(r.Resource)));
            await Task.WhenAll(_runs[resource].Supervisors.Select(s => s.StopAsync(StopLimit / Depth())));
        }
    }

    private int Depth() => _runs.Values.Max(r => DepthOf(r.Resource));

    private int DepthOf(IResource resource) =>
        1 + _runs[resource].Dependencies.Select(DepthOf).DefaultIfEmpty(0).Max();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "What was to run once '{Resource}' is ready failed")]
        public static partial void ReadyCallbackFailed(ILogger logger, Exception exception, string resource);
    }
}
