namespace Agents.Hosting.ApplicationModel;

public enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion
}

public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;
    public WaitType WaitType { get; } = waitType;
    public int ExitCode { get; } = exitCode;
}

/// <summary>A GET on one endpoint tells whether a resource is healthy.</summary>
internal sealed record HttpHealthAnnotation(string? EndpointName, string Path, int StatusCode) : IResourceAnnotation;
