using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Scheduler.Budgets;
using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler.Budgets;

/// <summary>Who is given work while budgets are watched.</summary>
public sealed class BudgetBookTests
{
    private static readonly Dictionary<string, Budget> NoPosts = [];

    private readonly Lines _lines = new();

    public BudgetBookTests()
    {
        _lines.Lane(1, "a");
        _lines.Lane(2, "b");
    }

    [Fact]
    public void Look_TheDayIsSpent_TakesNothingUntilItIsOver()
    {
        Staff("a", new(TokensPerDay: 1000));
        Counted(("a", 999));
        Assert.Equal(Fit.Eligible, _lines.Why("a", 1));

        Counted(("a", 1000));
        Assert.Equal(Fit.OverBudget, _lines.Why("a", 1));
        Assert.Contains("1000 of 1000 tokens", Shortage("a")!.Text, StringComparison.Ordinal);
        Assert.Equal(_lines.Budgets.Today.End, Shortage("a")!.Until);

        _lines.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Fit.Eligible, _lines.Why("a", 1));
    }

    [Fact]
    public void Choose_TheDayIsSpent_LeavesTheTaskInItsQueue()
    {
        Staff("a", new(TokensPerDay: 1000));
        Counted(("a", 1000));
        _lines.Queued(1, 1);
        Assert.Empty(_lines.Choose());

        _lines.Budgets.PostsAre(new Dictionary<string, Budget> { ["p"] = new(TokensPerDay: 2000) });
        _lines.Queues.FleetChanged();

        Assert.Equal((Lines.Id(1), "a"), Assert.Single(_lines.Choose()));
    }

    [Fact]
    public void Heard_WhatIsNotInTheTablesYet_CountsUntilItIs()
    {
        Staff("a", new(TokensPerDay: 1000));
        Counted(("a", 500));

        _lines.Budgets.Heard([new("a", 500, 0)]);
        Assert.Equal(Fit.OverBudget, _lines.Why("a", 1));
        _lines.Budgets.BeginCounting();
        Assert.Equal(Fit.OverBudget, _lines.Why("a", 1));

        Counted(("a", 900));
        Assert.Equal(Fit.Eligible, _lines.Why("a", 1));
    }

    [Fact]
    public void Look_TwoOfAPost_ShareItsDay()
    {
        Staff("a", new(TokensPerDay: 1000));
        Staff("b", new(TokensPerDay: 1000));

        Counted(("a", 600), ("b", 400));

        Assert.Equal((Fit.OverBudget, Fit.OverBudget), (_lines.Why("a", 1), _lines.Why("b", 2)));
        Assert.Equal(BudgetKey.OfPost("p"), Shortage("b")!.Of);
    }

    [Fact]
    public void Look_WhatRunsMayStillSpend_IsKeptForIt()
    {
        Staff("a", new(TokensPerDay: 1000, TokensPerTask: 400), concurrency: 5);
        Counted();
        _lines.Queued(1, 1, 2, 3);

        Assert.Equal(2, _lines.Round().Count);
        Assert.Equal(Fit.OverBudget, _lines.Why("a", 1));
        Assert.Contains("those that run may spend 800 tokens more, and it may spend 400 tokens.", Shortage("a", running: 2)!.Text, StringComparison.Ordinal);

        _lines.Free(1);
        Assert.Equal(Lines.Id(3), Assert.Single(_lines.Round()).Task);
    }

    [Fact]
    public void Look_NotCountedYet_Waits()
    {
        Staff("a", new(TokensPerDay: 1000));

        Assert.Equal(Fit.OverBudget, _lines.Why("a", 1));
        Assert.False(Shortage("a")!.IsCounted);
        Counted(("a", 0));
        Assert.Equal(Fit.Eligible, _lines.Why("a", 1));
    }

    [Fact]
    public void Look_WhatPostsSayIsNotKnownYet_WaitsWhereThereIsAPost()
    {
        Saved(Workers.Agent("a", post: "p"));
        Saved(Workers.Agent("b"));

        Assert.Equal((Fit.OverBudget, Fit.Eligible), (_lines.Why("a", 1), _lines.Why("b", 2)));
        _lines.Budgets.PostsAre(NoPosts);
        Assert.Equal(Fit.Eligible, _lines.Why("a", 1));
    }

    [Fact]
    public void Look_WhatIsTheAgentsOwn_CountsBesideItsPosts()
    {
        _lines.Budgets.PostsAre(new Dictionary<string, Budget> { ["p"] = new(TokensPerDay: 1000) });
        Saved(Workers.Agent("a", post: "p") with { Limits = new Dictionary<string, decimal?> { ["tokens_per_day"] = 100 } });
        Saved(Workers.Agent("b", post: "p") with { Limits = new Dictionary<string, decimal?> { ["tokens_per_day"] = null } });

        Counted(("a", 100), ("b", 800));

        Assert.Equal((Fit.OverBudget, Fit.Eligible), (_lines.Why("a", 1), _lines.Why("b", 2)));
        Assert.Equal(BudgetKey.OfAgent("a"), Shortage("a")!.Of);
    }

    private void Staff(string agent, Budget post, int concurrency = 1)
    {
        _lines.Budgets.PostsAre(new Dictionary<string, Budget> { ["p"] = post });
        Saved(Workers.Agent(agent, post: "p", concurrency: concurrency));
    }

    private void Saved(KnownAgent agent)
    {
        _lines.Fleet.Saved(agent);
        _lines.Fleet.Here(HolderKey.OfAgent(agent.Id), new("i", 0, TakesTasks: true));
    }

    /// <summary>The tables say that they have spent so many tokens today; what was heard before is in it.</summary>
    private void Counted(params (string Agent, long Tokens)[] spent)
    {
        var days = _lines.Budgets.Limits.Days.ToDictionary(
            day => day.Key, day => new DaySpent(new(spent.Where(each => day.Key.Kind is BudgetKind.Post || each.Agent == day.Key.Id).Sum(each => each.Tokens), 0), null));
        _lines.Budgets.BeginCounting();
        _lines.Budgets.EndCounting(new(_lines.Budgets.Today, days, []));
    }

    private Shortage? Shortage(string agent, int running = 0) => _lines.Budgets.Look(_lines.Fleet.FindWorker(agent)!, new(_ => running));
}
