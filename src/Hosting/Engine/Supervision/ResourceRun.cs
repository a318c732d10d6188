using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>A resource with all its replicas, and when it is ready for those that wait for it.</summary>
internal sealed class ResourceRun(IResource resource, int replicas, Func<CancellationToken, Task> whenHealthy)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = replicas;

    public IResource Resource { get; } = resource;

    /// <summary>Whom it waits for, and a database for its server.</summary>
    public IEnumerable<IResource> Dependencies =>
        Resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource)
            .Concat(Resource is IResourceWithParent child ? [child.Parent] : []);

    public List<Supervisor> Supervisors { get; } = [];

    /// <summary>All replicas were healthy once, and what hangs on that has run.</summary>
    public Task Ready => _ready.Task;

    /// <summary>A replica became healthy for the first time.</summary>
    public async Task ReplicaIsHealthyAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            await whenHealthy(cancellationToken);
            _ready.TrySetResult();
        }
    }
}
