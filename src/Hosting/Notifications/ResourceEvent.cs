using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agents.Hosting.ApplicationModel;

public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    /// <summary>The name of the resource, or of one of its replicas.</summary>
    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}

public sealed record CustomResourceSnapshot
{
    public required string ResourceType { get; init; }
    public ResourceStateSnapshot? State { get; init; }
    public HealthStatus? HealthStatus { get; internal init; }
    public int? ExitCode { get; init; }

    /// <summary>Why it failed to start, in a sentence.</summary>
    internal string? Failure { get; init; }
}

public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}

public static class KnownResourceStates
{
    public static readonly string NotStarted = "NotStarted";
    public static readonly string Waiting = "Waiting";
    public static readonly string Starting = "Starting";
    public static readonly string Running = "Running";
    public static readonly string FailedToStart = "FailedToStart";
    public static readonly string Stopping = "Stopping";
    public static readonly string Exited = "Exited";
}
