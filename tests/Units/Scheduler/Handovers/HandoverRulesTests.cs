using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Handovers;

namespace Agents.Tests.Units.Scheduler.Handovers;

public sealed class HandoverRulesTests
{
    private static readonly Guid Task = Guid.NewGuid();

    [Fact]
    public void Depth_GroupsBetween_CountsWhatWasHanded()
    {
        Assert.Equal(1, HandoverRules.Depth([Of("a")]));
        Assert.Equal(3, HandoverRules.Depth([Of("c", handed: true), Of("member"), Of("b", handed: true), Of("a")]));
    }

    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(4, 3, false)]
    [InlineData(1, 0, false)]
    public void TooDeep_Depth_IsRefusedBeyond(int depth, int most, bool isRight) => Assert.Equal(isRight, HandoverRules.TooDeep(depth, most) is null);

    [Fact]
    public void TooMany_OfTaskOrTree_SaysWhich()
    {
        Assert.Null(HandoverRules.TooMany(20, 20, 100, 100));
        Assert.StartsWith("This task has handed over 20", HandoverRules.TooMany(21, 20, 21, 100), StringComparison.Ordinal);
        Assert.StartsWith("All agents that work on this together have handed over 100", HandoverRules.TooMany(5, 20, 101, 100), StringComparison.Ordinal);
    }

    [Fact]
    public void TooDear_BudgetOfTheFirst_HoldsForAll()
    {
        Assert.Null(HandoverRules.TooDear(new(1000, null), new(999, 5)));
        Assert.Contains("1000 of 1000 tokens", HandoverRules.TooDear(new(1000, null), new(1000, 0)), StringComparison.Ordinal);
        Assert.Null(HandoverRules.TooDear(default, new(1_000_000, 100)));
    }

    [Fact]
    public void Blocked_PlacesOfThoseWhoWait_AreNoPlaces()
    {
        Assert.Contains("the only place of it", HandoverRules.Blocked(Workers.Of(Workers.Agent("a", concurrency: 1)), [Of("a")]), StringComparison.Ordinal);
        Assert.Null(HandoverRules.Blocked(Workers.Of(Workers.Agent("a", concurrency: 2)), [Of("a")]));
        Assert.Null(HandoverRules.Blocked(Workers.Of(Workers.Agent("a", concurrency: 1)), [Of("a", held: false), Of("b")]));
    }

    [Fact]
    public void AllBlocked_OneWhoCan_IsEnough()
    {
        Worker[] both = [Workers.Of(Workers.Agent("a", concurrency: 1)), Workers.Of(Workers.Agent("b", concurrency: 1))];
        Assert.Null(HandoverRules.AllBlocked(both, [Of("a")]));
        Assert.NotNull(HandoverRules.AllBlocked(both, [Of("a"), Of("b")]));
        Assert.NotNull(HandoverRules.AllBlocked([], [Of("a")]));
    }

    private static Link Of(string agent, bool held = true, bool handed = false) => new(Task, agent, null, held, handed);
}
