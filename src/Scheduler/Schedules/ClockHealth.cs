using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agents.Scheduler.Schedules;

internal sealed class ClockHealth(WakeUps wakeUps) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        wakeUps.Works ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Quartz does not take what it is asked for; schedules go by a slower clock."));
}
