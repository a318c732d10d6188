using Agents.Contracts.Gateway;
using Agents.Gateway.Overview;

namespace Agents.Tests.Units.Gateway;

public sealed class HealthSummaryTests
{
    private static HealthState StatusOf(params HealthState[] replicas) => HealthSummary.Of("x", [.. replicas.Select(r => new ReplicaHealth(r, 1))]).Status;

    [Fact]
    public void Of_Replicas_IsTheirWorstUnlessOthersStandIn()
    {
        Assert.Equal(HealthState.Healthy, StatusOf(HealthState.Healthy, HealthState.Healthy));
        Assert.Equal(HealthState.Degraded, StatusOf(HealthState.Healthy, HealthState.Degraded));
        Assert.Equal(HealthState.Degraded, StatusOf(HealthState.Healthy, HealthState.Unhealthy));
        Assert.Equal(HealthState.Unhealthy, StatusOf(HealthState.Unhealthy, HealthState.Unhealthy));
        Assert.Equal(HealthState.Unhealthy, StatusOf());
    }

    [Theory]
    [InlineData("Healthy", HealthState.Healthy)]
    [InlineData("Degraded\n", HealthState.Degraded)]
    [InlineData("Unhealthy", HealthState.Unhealthy)]
    [InlineData("<html>", HealthState.Unhealthy)]
    [InlineData("0", HealthState.Unhealthy)]
    [InlineData(null, HealthState.Unhealthy)]
    public void Read_OneWord_OrNotWell(string? answer, HealthState state) => Assert.Equal(state, HealthSummary.Read(answer));
}
