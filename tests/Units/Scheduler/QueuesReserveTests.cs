using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler;

/// <summary>Places for agents that ask by themselves, beside those that are chosen.</summary>
public sealed class QueuesReserveTests
{
    private readonly Lines _lines = new();

    public QueuesReserveTests()
    {
        _lines.Lane(1, "a");
        _lines.Agent("a");
    }

    [Fact]
    public void Reserve_ThePlaceIsFree_TheChoiceHasItNoMore()
    {
        Assert.Equal(Fit.Eligible, _lines.Reserve("a", 1));
        _lines.Queued(1, 1);

        Assert.Empty(_lines.Choose());
        Assert.Equal(Fit.Busy, _lines.Reserve("a", 1));
    }

    [Fact]
    public void Reserve_ItWasChosen_IsBusyUntilItIsFree()
    {
        _lines.Queued(1, 1);
        _lines.Round();

        Assert.Equal(Fit.Busy, _lines.Reserve("a", 1));
        _lines.Free(1);
        Assert.Equal(Fit.Eligible, _lines.Reserve("a", 1));
    }

    [Fact]
    public void Settle_WhatWasReservedIsNotClaimed_ThePlaceIsFreeAgain()
    {
        _lines.Reserve("a", 1);
        var worker = _lines.Fleet.FindWorker("a")!;

        _lines.Queues.Settle([new(Lines.Id(1), 1, worker)], []);

        Assert.Equal(Fit.Eligible, _lines.Reserve("a", 1));
    }

    [Fact]
    public void Reserve_ALaneOfAnothers_IsRefused()
    {
        _lines.Lane(2, "b");

        Assert.Equal(Fit.OtherAgent, _lines.Reserve("a", 2));
    }
}
