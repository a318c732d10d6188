using Agents.Scheduler.Budgets;

namespace Agents.Tests.Units.Scheduler.Budgets;

public sealed class BudgetRulesTests
{
    private static readonly Allowance Nothing = default;

    [Theory]
    [InlineData(null, null, 500, 5.0, null)]
    [InlineData(1000, null, 500, 5.0, 0.5)]
    [InlineData(null, 10.0, 500, 5.0, 0.5)]
    [InlineData(1000, 5.0, 500, 5.0, 1.0)]
    [InlineData(1000, 50.0, 1200, 5.0, 1.2)]
    public void Share_OfTokensAndMoney_IsTheLargerOne(int? tokens, double? cost, int spentTokens, double spentCost, double? share) =>
        Assert.Equal(share, BudgetRules.Share(new(tokens, (decimal?)cost), new(spentTokens, spentCost)));

    [Fact]
    public void IsSpent_TenDimesOfADollar_IsAllOfIt()
    {
        var spent = Enumerable.Repeat(new Spent(0, 0.1), 10).Aggregate((a, b) => a + b);

        Assert.True(BudgetRules.IsSpent(new(null, 1), spent));
        Assert.False(BudgetRules.IsSpent(new(null, 1.01m), spent));
        Assert.False(BudgetRules.IsSpent(Nothing, spent));
    }

    [Theory]
    [InlineData(799, false, false, false)]
    [InlineData(800, false, true, false)]
    [InlineData(800, true, false, false)]
    [InlineData(1500, false, true, false)]
    [InlineData(799, true, false, true)]
    public void IsToWarn_FromFourFifths_OnceAndAgainWhereTheLimitWasRaised(int tokens, bool isWarned, bool isToWarn, bool isTooEarly)
    {
        Assert.Equal(isToWarn, BudgetRules.IsToWarn(new(1000, null), new(tokens, 0), isWarned));
        Assert.Equal(isTooEarly, BudgetRules.IsWarnedTooEarly(new(1000, null), new(tokens, 0), isWarned));
    }

    [Theory]
    [InlineData(0, null, 0, true)]
    [InlineData(999, null, 0, true)]
    [InlineData(1000, null, 0, false)]
    [InlineData(1200, null, 0, false)]
    [InlineData(600, 400, 0, true)]
    [InlineData(601, 400, 0, false)]
    [InlineData(200, 400, 400, true)]
    [InlineData(201, 400, 400, false)]
    [InlineData(0, 5000, 0, true)]
    [InlineData(1, 5000, 0, false)]
    public void Holds_WhatIsLeftBesideThoseThatRun_AsMuchAsATaskMaySpend(int spent, int? task, int open, bool holds)
    {
        Assert.Equal(holds, BudgetRules.Holds(new(1000, null), new(spent, 0), new(task, null), new(open, 0)));
        Assert.Equal(holds, BudgetRules.Holds(new(null, 10), new(0, spent / 100.0), new(null, task / 100m), new(0, open / 100.0)));
        Assert.True(BudgetRules.Holds(Nothing, new(spent, spent), new(task, null), new(open, 0)));
    }

    [Fact]
    public void Open_OfThoseThatRun_IsWhatTheyMaySpendLessWhatTheyHave()
    {
        Assert.Equal(new Spent(700, 1.5), BudgetRules.Open(new(400, 1), 2, new(100, 0.5)));
        Assert.Equal(new Spent(0, 0), BudgetRules.Open(new(400, null), 1, new(500, 3)));
        Assert.Equal(default(Spent), BudgetRules.Open(Nothing, 5, new(500, 3)));
    }

    [Fact]
    public void At_AnyTime_IsTheDayOfUtcOrTheShorterOneThatIsSet()
    {
        var time = new DateTimeOffset(2026, 3, 2, 1, 59, 59, TimeSpan.FromHours(2));

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), BudgetDay.At(time, TimeSpan.FromDays(1)).Begin);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), BudgetDay.At(time, TimeSpan.FromDays(1)).End);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 23, 59, 50, TimeSpan.Zero), BudgetDay.At(time, TimeSpan.FromSeconds(10)).Begin);
    }
}
