using Agents.Contracts.Posts;
using Agents.Posts.Rollouts;

namespace Agents.Tests.Units.Posts;

public sealed class VerdictTests
{
    private static readonly RolloutTerms Terms = new(Tasks: 20, SuccessDrop: 5, CostRise: 20, MinSuccess: 80);

    [Theory]
    [InlineData(19, 0, 100, 0, nameof(Judgement.Wait))]
    [InlineData(19, 1, 100, 0, nameof(Judgement.GoOn))]
    [InlineData(18, 2, 100, 0, nameof(Judgement.GoBack))]
    [InlineData(0, 2, 100, 0, nameof(Judgement.GoBack))]
    [InlineData(0, 1, 100, 0, nameof(Judgement.Wait))]
    [InlineData(15, 5, 80, 20, nameof(Judgement.GoOn))]
    [InlineData(14, 6, 80, 20, nameof(Judgement.GoBack))]
    [InlineData(20, 0, 0, 100, nameof(Judgement.GoOn))]
    public void Of_AgainstTheOldOne_HoldsItsSuccess(int done, int failed, int oldDone, int oldFailed, string judgement) =>
        Assert.Equal(judgement, Verdict.Of(Terms, Ended(done, failed), Ended(oldDone, oldFailed), Tally.None).Judgement.ToString());

    [Theory]
    [InlineData(16, 4, nameof(Judgement.GoOn))]
    [InlineData(15, 5, nameof(Judgement.GoBack))]
    public void Of_WithNothingToCompare_HasALeast(int done, int failed, string judgement) =>
        Assert.Equal(judgement, Verdict.Of(Terms, Ended(done, failed), Tally.None, Tally.None).Judgement.ToString());

    [Fact]
    public void Of_OthersThatTellTooLittle_ComparesWithBeforeAsWell()
    {
        Assert.Equal(Judgement.GoOn, Verdict.Of(Terms, Ended(12, 8), Ended(5, 0), Ended(55, 40)).Judgement);
        Assert.Equal(Judgement.GoBack, Verdict.Of(Terms, Ended(12, 8), Ended(20, 0), Ended(55, 40)).Judgement);
    }

    [Theory]
    [InlineData(20 * 0.12, 100 * 0.10, nameof(Judgement.GoOn))]
    [InlineData(20 * 0.13, 100 * 0.10, nameof(Judgement.GoBack))]
    // Who told no cost before can't be held against it.
    [InlineData(20 * 0.13, 0, nameof(Judgement.GoOn))]
    public void Of_Cost_HoldsAsWell(double cost, double oldCost, string judgement) =>
        Assert.Equal(judgement, Verdict.Of(Terms, Ended(20, 0) with { CostUsd = cost }, Ended(100, 0) with { CostUsd = oldCost }, Tally.None).Judgement.ToString());

    [Fact]
    public void Of_NoCostTold_ComparesTokens()
    {
        var verdict = Verdict.Of(Terms, Ended(20, 0) with { Tokens = 20 * 1300 }, Ended(100, 0) with { Tokens = 100 * 1000 }, Tally.None);

        Assert.Equal(Judgement.GoBack, verdict.Judgement);
        Assert.Equal("A task costs 1300 tokens with the new version, and 1000 with the old one: more than 20 % above.", verdict.Reason);
    }

    private static Tally Ended(int done, int failed) => new(done, failed, 0, 0);
}
