using Agents.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agents.Hosting.Engine;

/// <summary>How one instance of a resource is, and what a person should know of it.</summary>
internal sealed record InstanceStatus(IResource Resource, string Id, string State)
{
    public HealthStatus? Health { get; init; }
    public int? ExitCode { get; init; }
    public string? Address { get; init; }
    public string? Note { get; init; }

    public bool IsHealthy => Health == HealthStatus.Healthy;

    public string Text => State != KnownResourceStates.Running ? State
        : Health switch { HealthStatus.Healthy => "Healthy", HealthStatus.Unhealthy => "Unhealthy", _ => "Starting" };
}
