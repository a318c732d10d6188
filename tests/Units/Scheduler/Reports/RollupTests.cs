using Agents.Contracts.Scheduler;
using Agents.Scheduler.Reports;

namespace Agents.Tests.Units.Scheduler.Reports;

public sealed class RollupTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("agent", null, null, "Hour 01T10-02T00 Day 02T00-04T00 Hour 04T00-04T03")]
    [InlineData("user", null, null, "Whole 01T10-04T03")]
    [InlineData("day", null, "Asia/Kolkata", "Whole 01T10-04T03")]
    [InlineData("day", "a", "Asia/Kolkata", "Hour 01T10-04T03")]
    [InlineData("day", "a", null, "Hour 01T10-02T00 Day 02T00-04T00 Hour 04T00-04T03")]
    [InlineData("hour", "a", null, "Hour 01T10-04T03")]
    public void Make_OfAQuestion_ReadsAsFewRowsAsAnswerIt(string group, string? agent, string? zone, string spans)
    {
        var question = Question(group, agent, zone, Noon.AddDays(-1).AddHours(-1.5), Noon.AddDays(1).AddHours(14.5));

        Assert.Equal(spans, string.Join(' ', RollupPlan.Make(question, Noon).Plan!.Spans.Select(span => $"{span.Level} {span.From:dd'T'HH}-{span.To:dd'T'HH}")));
    }

    [Fact]
    public void Make_WithinADay_ReadsItsHoursOnce()
    {
        var plan = RollupPlan.Make(Question("agent", null, null, Noon.AddHours(-2), Noon), Noon.AddHours(5)).Plan!;

        Assert.Equal(new RollupSpan(RollupLevel.Hour, Noon.AddHours(-2), Noon), Assert.Single(plan.Spans));
    }

    [Fact]
    public void Add_OfOneTask_CountsItOnceOnEachLevel()
    {
        var rollups = new Rollups();
        rollups.Add(new(default, "failed", Noon.AddMinutes(59), "a", "d", "o", null, "t", null, null, Noon, StartedAt: Noon.AddMinutes(58), Accepted: 3), "p");

        Assert.Equal([RollupLevel.Hour, RollupLevel.Day, RollupLevel.Whole], rollups.Rows.Keys.Select(key => key.Level));
        Assert.Equal([Noon, Noon.AddHours(-12), Noon], rollups.Rows.Keys.Select(key => key.At));
        Assert.All(rollups.Rows.Values, row => Assert.Equal((1, 1, 2, 3480, 60), (row.Ended, row.Failed, row.Retries, row.Waited, row.Ran)));
        Assert.Equal("p", rollups.Rows.Keys.First().Post);
    }

    [Theory]
    [InlineData("""{"input_tokens":3,"output_tokens":2,"cost_usd":1.5e-6}""", 3, 2, 1.5e-6)]
    [InlineData("""{"input_tokens":"3","output_tokens":-2,"cost_usd":1e400}""", 0, 0, 0)]
    [InlineData("""{"input_tokens":2.9,"text":"\u0000"}""", 2, 0, 0)]
    [InlineData("[3]", 0, 0, 0)]
    [InlineData(null, 0, 0, 0)]
    public void Of_WhatAnAgentSaysItUsed_CountsSensibleFiguresOnly(string? json, long input, long output, double cost) =>
        Assert.Equal(new UsageSum(input, output, cost), Usages.Of(json));

    private static WorkQuestion Question(string group, string? agent, string? zone, DateTimeOffset from, DateTimeOffset to) =>
        new(group, from, to, zone, agent, null, null, null, null, null);
}
