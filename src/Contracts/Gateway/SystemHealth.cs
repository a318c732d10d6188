using System.Text.Json.Serialization;

namespace Agents.Contracts.Gateway;

public enum HealthState
{
    Healthy,
    Degraded,
    Unhealthy,
}

/// <summary>One part of the app, over all its replicas.</summary>
/// <param name="Description">What is wrong, in a sentence.</param>
public sealed record ServiceHealth(
    string Name,
    HealthState Status,
    IReadOnlyList<ReplicaHealth> Replicas,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null);

public sealed record ReplicaHealth(HealthState Status, double DurationMs);
