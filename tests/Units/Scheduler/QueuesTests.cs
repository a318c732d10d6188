using Agents.Scheduler.Dispatch;
using static Agents.Tests.Units.Scheduler.Lines;

namespace Agents.Tests.Units.Scheduler;

public sealed class QueuesTests
{
    private readonly Lines _lines = new();

    public QueuesTests()
    {
        _lines.Lane(1);
        _lines.Lane(2, "a");
        _lines.Lane(3, "b");
    }

    [Fact]
    public void Choose_SeveralLanes_SmallestRankFirstOverAllOfThem()
    {
        _lines.Agent("a", 9);
        _lines.Agent("b", 9);
        _lines.Queued(2, 4, 1);
        _lines.Queued(3, 3, 2);

        Assert.Equal([(Id(1), "a"), (Id(2), "b"), (Id(3), "b")], _lines.Choose(3));
        Assert.Equal([(Id(4), "a")], _lines.Choose(3));
    }

    [Fact]
    public void Choose_AnyAgent_SpreadsOverThoseWithTheMostRoomAndStopsWhenAllAreFull()
    {
        _lines.Agent("a", 1);
        _lines.Agent("b", 2);
        _lines.Queued(1, 1, 2, 3, 4);

        Assert.Equal(["a", "b", "b"], _lines.Choose().Select(pick => pick.Item2).Order());
        Assert.Empty(_lines.Choose());
    }

    [Fact]
    public void Choose_DeviceIsFull_ItsOtherAgentGetsNothing()
    {
        _lines.Fleet.DeviceSaved("d", Workers.Device("d", concurrency: 1));
        _lines.Agent("a", 5, "d");
        _lines.Agent("b", 5, "d");
        _lines.Queued(1, 1, 2);

        Assert.Single(_lines.Round());
        Assert.Equal(Fit.DeviceBusy, _lines.Why("b", 3));
    }

    [Fact]
    public void Freed_APlace_GivesItToWhoWaits()
    {
        _lines.Agent("a");
        _lines.Queued(2, 1, 2);
        Assert.Equal([(Id(1), "a")], _lines.Round());
        Assert.Empty(_lines.Round());

        _lines.Free(1);
        _lines.Free(1);

        Assert.Equal([(Id(2), "a")], _lines.Round());
        Assert.Empty(_lines.Round());
    }

    [Fact]
    public void Freed_WhatWasNotTaken_LetsNobodyLookAgain()
    {
        _lines.Agent("a");
        _lines.Queued(2, 1, 2);
        _lines.Round();
        _lines.Round();

        _lines.Free(7);

        Assert.Empty(_lines.Round());
        Assert.Equal(Fit.Busy, _lines.Why("a", 2));
    }

    [Fact]
    public void Settle_WhatWasNotThereAnyMore_ItsPlaceGoesToWhoFoundNoneMeanwhile()
    {
        _lines.Agent("a");
        _lines.Queued(2, 1);
        _lines.Queued(1, 2);

        Assert.Empty(_lines.Round(gone: 1));

        Assert.Equal([(Id(2), "a")], _lines.Round());
    }

    [Fact]
    public void Refused_ThisAgent_IsLeftAloneByThisLaneForAWhile()
    {
        _lines.Agent("a", 9);
        _lines.Queues.Refused(2, "a");
        _lines.Queued(2, 1);
        _lines.Queued(1, 2);

        Assert.Equal([(Id(2), "a")], _lines.Round());
        Assert.Equal((Fit.Refused, Fit.Eligible), (_lines.Why("a", 2), _lines.Why("a", 1)));
        _lines.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(_lines.Round());
        _lines.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([(Id(1), "a")], _lines.Round());
    }

    [Fact]
    public void FleetChanged_SomebodyCame_GetsWhatWaited()
    {
        _lines.Queued(2, 1);
        Assert.Empty(_lines.Round());

        _lines.Agent("a");
        Assert.Empty(_lines.Round());
        _lines.Queues.FleetChanged();

        Assert.Equal([(Id(1), "a")], _lines.Round());
    }

    [Fact]
    public void Choose_LaneThatNobodyKnows_GivesNothing()
    {
        _lines.Agent("a");
        _lines.Queued(99, 1);

        Assert.Empty(_lines.Round());
    }

    [Fact]
    public void Why_OtherAgent_SaysSo()
    {
        _lines.Agent("a");
        Assert.Equal(Fit.OtherAgent, _lines.Why("a", 3));
    }
}
