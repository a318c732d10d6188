namespace Agents.Hosting.ApplicationModel;

public class ResourceReadyEvent(IResource resource, IServiceProvider services)
{
    public IResource Resource { get; } = resource;
    public IServiceProvider Services { get; } = services;
}

internal sealed record ReadyCallbackAnnotation(Func<ResourceReadyEvent, CancellationToken, Task> Callback) : IResourceAnnotation;
