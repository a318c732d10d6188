using Agents.Scheduler.Budgets;
using Agents.Scheduler.Reports;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.Units.Scheduler.Budgets;

public sealed class SpendingTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly Dictionary<(Guid Task, int Attempt), Spent> Nothing = [];

    private readonly Spending _spending = new();

    [Fact]
    public void Of_WordsOfOneAttempt_CountsWhatIsNewInEach()
    {
        Says(1, 2, 100);
        Says(1, 4, 300);
        // Said before, and heard after.
        Says(1, 3, 200);

        var counted = _spending.Of(Nothing, Day);

        Assert.Equal(new Spent(300, 0), counted.Days[(Morning.DayOf(), BudgetKey.OfAgent("a"))]);
        Assert.Equal(new Spent(300, 0), counted.Days[(Morning.DayOf(), BudgetKey.OfPost("p"))]);
        Assert.Equal(new Spent(300, 0), Assert.Single(counted.Attempts).Value);
    }

    [Fact]
    public void Of_WhatWasCountedBefore_IsNotCountedAgain()
    {
        Says(1, 5, 300);
        Says(2, 6, 50, attempt: 2);

        var counted = _spending.Of(new Dictionary<(Guid Task, int Attempt), Spent> { [(Lines.Id(1), 1)] = new(250, 0), [(Lines.Id(2), 1)] = new(70, 0) }, Day);

        Assert.Equal(new Spent(100, 0), counted.Days[(Morning.DayOf(), BudgetKey.OfAgent("a"))]);
    }

    [Fact]
    public void Of_TwoDays_EachHasWhatWasSaidInIt()
    {
        Says(1, 2, 100);
        Says(1, 3, 130, at: Morning.AddDays(1));

        var counted = _spending.Of(Nothing, Day);

        Assert.Equal(new Spent(100, 0), counted.Days[(Morning.DayOf(), BudgetKey.OfAgent("a"))]);
        Assert.Equal(new Spent(30, 0), counted.Days[(Morning.AddDays(1).DayOf(), BudgetKey.OfAgent("a"))]);
    }

    [Fact]
    public void Of_ATaskThatHasEnded_CountsItsLastWordAndKeepsNothingOfIt()
    {
        Says(1, 2, 100);
        _spending.Add(Fact(1, 3, TaskStatus.Done, Morning), "p");
        _spending.Add(new(Lines.Id(2), TaskStatus.Done, Morning, "a", null, "o", null, "t", null, null, Morning, Usage: """{"output_tokens":7}""", Attempt: 1, Number: 4), null);

        var counted = _spending.Of(Nothing, Day);

        Assert.Equal(new Spent(107, 0), counted.Days[(Morning.DayOf(), BudgetKey.OfAgent("a"))]);
        Assert.Empty(counted.Attempts);
        Assert.Equal([Lines.Id(1), Lines.Id(2)], _spending.Ended.Keys.Order());
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("queued")]
    [InlineData("scheduled")]
    public void Of_AnAttemptThatFailed_CountsWhatItsErrorTells(string status)
    {
        _spending.Add(Fact(1, 4, status, Morning, """{"kind":"crashed","message":"no","usage":{"input_tokens":40,"cost_usd":0.5}}"""), "p");

        Assert.Equal(new Spent(40, 0.5), _spending.Of(Nothing, Day).Days[(Morning.DayOf(), BudgetKey.OfPost("p"))]);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""["input_tokens"]""")]
    [InlineData("""{"input_tokens":-5}""")]
    [InlineData("nothing")]
    public void Add_WhatIsNoFigure_CountsNothing(string data)
    {
        _spending.Add(Fact(1, 4, "", Morning, data), "p");

        Assert.Equal(0, _spending.Count);
    }

    private void Says(int task, long number, int tokens, int attempt = 1, DateTimeOffset? at = null) =>
        _spending.Add(Fact(task, number, "", at ?? Morning, $$"""{"input_tokens":{{tokens}}}""") with { Attempt = attempt }, "p");

    private static WorkFact Fact(int task, long number, string status, DateTimeOffset at, string? data = null) =>
        new(Lines.Id(task), status, at, "a", null, "o", null, "t", null, null, at, Attempt: 1, Number: number, Data: data);
}

internal static class Dates
{
    public static DateTimeOffset DayOf(this DateTimeOffset time) => new(time.Date, TimeSpan.Zero);
}
