using Agents.Contracts.Scheduler;
using Agents.Scheduler.Reports;

namespace Agents.Tests.Units.Scheduler.Reports;

public sealed class RollupTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("agent", null, null, "AgentHour 01T10-02T00 AgentDay 02T00-04T00 AgentHour 04T00-04T03")]
    [InlineData("user", null, null, "OwnerHour 01T10-02T00 OwnerDay 02T00-04T00 OwnerHour 04T00-04T03")]
    [InlineData("type", null, null, "TypeHour 01T10-02T00 TypeDay 02T00-04T00 TypeHour 04T00-04T03")]
    [InlineData("type", "a", null, "Hour 01T10-02T00 Day 02T00-04T00 Hour 04T00-04T03")]
    [InlineData("day", null, null, "AllHour 01T10-02T00 TypeDay 02T00-04T00 AllHour 04T00-04T03")]
    [InlineData("day", null, "Asia/Kolkata", "AllHour 01T10-04T03")]
    [InlineData("day", "a", "Asia/Kolkata", "AgentHour 01T10-04T03")]
    [InlineData("day", "a", null, "AgentHour 01T10-02T00 AgentDay 02T00-04T00 AgentHour 04T00-04T03")]
    [InlineData("hour", "a", null, "AgentHour 01T10-04T03")]
    public void Make_OfAQuestion_ReadsAsFewRowsAsAnswerIt(string group, string? agent, string? zone, string spans)
    {
        var question = Question(group, agent, zone, Noon.AddDays(-1).AddHours(-1.5), Noon.AddDays(1).AddHours(14.5));

        Assert.Equal(spans, string.Join(' ', RollupPlan.Make(question, Noon.AddDays(9)).Plan!.Spans.Select(span => $"{span.Level} {span.From:dd'T'HH}-{span.To:dd'T'HH}")));
    }

    [Fact]
    public void Make_WithinADay_ReadsItsHoursOnce()
    {
        var plan = RollupPlan.Make(Question("agent", null, null, Noon.AddHours(-2), Noon), Noon.AddHours(5)).Plan!;

        Assert.Equal(new RollupSpan(RollupLevel.AgentHour, Noon.AddHours(-2), Noon), Assert.Single(plan.Spans));
    }

    [Theory]
    [InlineData(30, "AgentHour 0121-0122 AgentDay 0122-0127 AgentWeek 0127-0228 AgentDay 0228-0302 AgentHour 0302-0302")]
    [InlineData(0, "AgentHour 0121-0122 AgentDay 0122-0127 AgentWeek 0127-0308")]
    public void Make_OfWeeks_ReadsDaysOnlyBesideFullOnes_AndWhatGoesOnAsAWhole(int daysAgo, string spans)
    {
        var plan = RollupPlan.Make(Question("agent", null, null, Noon.AddDays(-40), Noon), Noon.AddDays(daysAgo)).Plan!;

        Assert.Equal(spans, string.Join(' ', plan.Spans.Select(span => $"{span.Level} {span.From:MMdd}-{span.To:MMdd}")));
        Assert.Equal(Noon, plan.To);
    }

    [Fact]
    public void Make_OfWhoSeesOnlyHisOwn_ReadsWhatTellsOwnersApart() =>
        Assert.Equal(RollupLevel.OwnerHour, RollupPlan.Make(Question("hour", null, null, Noon.AddHours(-2), Noon), Noon, isOfOne: true).Plan!.Spans.Single().Level);

    [Fact]
    public void Add_OfOneTask_CountsItOnceOnEachLevel()
    {
        var rollups = new Rollups();
        rollups.Add(new(default, "failed", Noon.AddMinutes(59), "a", "d", "o", null, "t", null, null, Noon, StartedAt: Noon.AddMinutes(58), Accepted: 3), "p");

        Assert.Equal(Enum.GetValues<RollupLevel>(), rollups.Rows.Keys.Select(key => key.Level));
        var (day, week) = (Noon.AddHours(-12), Noon.AddHours(-12).AddDays(-2));
        Assert.Equal([Noon, day, Noon, day, week, Noon, day, Noon, day, week, Noon], rollups.Rows.Keys.Select(key => key.At));
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
