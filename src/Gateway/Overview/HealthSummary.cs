using Agents.Contracts.Gateway;

namespace Agents.Gateway.Overview;

/// <summary>What the replicas' health says about the service. Pure.</summary>
internal static class HealthSummary
{
    public static ServiceHealth Of(string service, IReadOnlyList<ReplicaHealth> replicas)
    {
        if (replicas.Count == 0)
        {
            return new(service, HealthState.Unhealthy, [], "It has no address.");
        }

        var down = replicas.Count(replica => replica.Status is HealthState.Unhealthy);
        if (down == replicas.Count)
        {
            return new(service, HealthState.Unhealthy, replicas, replicas.Count == 1 ? "It cannot do its work just now." : "None of its replicas can do its work just now.");
        }

        return down > 0
            ? new(service, HealthState.Degraded, replicas, $"{down} of {replicas.Count} replicas cannot do their work just now.")
            : new(service, replicas.Max(replica => replica.Status), replicas);
    }

    /// <summary>A health check answers in one word; what says something else, or nothing, is not well.</summary>
    public static HealthState Read(string? answer) => answer?.Trim() switch
    {
        nameof(HealthState.Healthy) => HealthState.Healthy,
        nameof(HealthState.Degraded) => HealthState.Degraded,
        _ => HealthState.Unhealthy,
    };
}
