using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting;

public static class DistributedApplicationEventingExtensions
{
    /// <summary>Runs once, when the resource is healthy for the first time and before what waits for it starts.</summary>
    public static IResourceBuilder<T> OnResourceReady<T>(
        this IResourceBuilder<T> builder, Func<T, ResourceReadyEvent, CancellationToken, Task> callback)
        where T : IResource
        => builder.WithAnnotation(new ReadyCallbackAnnotation((ready, cancellationToken) => callback(builder.Resource, ready, cancellationToken)));
}
