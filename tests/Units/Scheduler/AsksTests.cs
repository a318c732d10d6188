using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler;

public sealed class AsksTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Asks _asks;

    public AsksTests() => _asks = new(new DispatchBell(_time), _time);

    [Fact]
    public async Task Take_SeveralForOneTask_OneInEachRound()
    {
        var (first, second) = (AskAsync("first", 1), AskAsync("second", 1));

        var round = _asks.Take();
        Assert.Equal("first", Assert.Single(round).Ask.Name);
        round[0].Settle(Fit.Eligible);
        var next = _asks.Take();
        next[0].Settle(Fit.Busy);

        Assert.Equal((Fit.Eligible, Fit.Busy), (await first, await second));
        Assert.Empty(_asks.Take());
    }

    [Fact]
    public async Task Ask_NobodyTakesItInTime_IsGivenUpAndNeverTaken()
    {
        var asked = AskAsync("late", 1);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Null(await asked);
        Assert.Empty(_asks.Take());
    }

    [Fact]
    public async Task Ask_BegunBeforeItsTimeIsUp_IsAnswered()
    {
        var asked = AskAsync("slow", 1);
        var begun = Assert.Single(_asks.Take());

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(asked.IsCompleted);
        begun.Settle(Fit.Eligible);

        Assert.Equal(Fit.Eligible, await asked);
    }

    private Task<Fit?> AskAsync(string name, int task) => _asks.AskAsync(new(name, Lines.Id(task), 1, "a"), TestContext.Current.CancellationToken);
}
