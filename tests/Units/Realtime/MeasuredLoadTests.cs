using Agents.Contracts.Registry;
using Agents.Realtime.Presence;

namespace Agents.Tests.Units.Realtime;

public sealed class MeasuredLoadTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AllFigures_SharesInHundredthsAndTheFullestDisk() => Assert.Equal(
        new(0.25, 0.5, 0.9),
        Of(
            Point("cpu.usage", 0.2479), Point("memory.used", 4), Point("memory.total", 8), Point("disk.used", 1, "/"), Point("disk.total", 10, "/"),
            Point("disk.used", 9, "/data"), Point("disk.total", 10, "/data")));

    [Fact]
    public void Of_NewestOfSeveral_Counts() => Assert.Equal(new(0.7, null, null), Of(Point("cpu.usage", 0.7), Point("cpu.usage", 0.1) with { At = Now.AddSeconds(-30) }));

    [Fact]
    public void Of_MoreThanAll_IsAll() => Assert.Equal(new(1, null, null), Of(Point("cpu.usage", 1.2)));

    [Fact]
    public void Of_MemoryWithoutItsTotal_SaysNothing() => Assert.Null(Of(Point("memory.used", 4), Point("memory.total", 0)));

    [Fact]
    public void Of_WhatAnAgentUses_IsNotTheDevices() => Assert.Null(Of(Point("cpu.usage", 0.5) with { AgentId = "a" }));

    [Fact]
    public void Of_KeptFromBefore_IsNotNow() => Assert.Null(Of(Point("cpu.usage", 0.5) with { At = Now.AddMinutes(-3) }));

    private static DeviceLoad? Of(params MetricPoint[] points) => MeasuredLoad.Of(points, Now);

    private static MetricPoint Point(string name, double value, string? mount = null) =>
        new("d", null, name, value, Now, mount is null ? null : new Dictionary<string, string> { ["mount"] = mount });
}
