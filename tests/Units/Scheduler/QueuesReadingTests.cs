using Agents.Scheduler.Dispatch;
using static Agents.Tests.Units.Scheduler.Lines;

namespace Agents.Tests.Units.Scheduler;

/// <summary>What the leader reads of the tables, and what it is told while it reads.</summary>
public sealed class QueuesReadingTests
{
    private readonly Lines _lines = new(heads: 2);

    public QueuesReadingTests()
    {
        _lines.Lane(1, "a");
        _lines.Agent("a");
    }

    [Fact]
    public void Begin_FullLanes_AreReadBeforeAnythingIsGivenOut()
    {
        _lines.Queues.Begin([1], []);

        Assert.Empty(_lines.Round());
        Assert.Equal([1], _lines.Refill(1, 5));
        Assert.Equal([(Id(5), "a")], _lines.Round());
    }

    [Fact]
    public void Begin_WhatWasKnown_IsForgotten()
    {
        _lines.Queued(1, 1);
        _lines.Round();

        _lines.Queues.Begin([], []);

        Assert.Equal(Fit.Eligible, _lines.Why("a", 1));
        Assert.Empty(_lines.Queues.BeginRefills(10));
    }

    [Fact]
    public void Begin_ToldWhileItRead_IsNotForgotten()
    {
        _lines.Queues.BeginReading();
        _lines.Queued(1, 1);
        _lines.Free(8);
        _lines.Queues.Begin([], [Place(8, "a")]);

        Assert.Equal([1], _lines.Refill(1, 1));
        Assert.Equal([(Id(1), "a")], _lines.Round());
    }

    [Fact]
    public void Begin_AdoptedWhileItRead_ItsPlaceIsTaken()
    {
        _lines.Queues.BeginReading();
        _lines.Free(8);
        _lines.Queues.Taken(Id(8), 1, "a", null);
        _lines.Queues.Begin([], []);

        Assert.Equal(Fit.Busy, _lines.Why("a", 1));
    }

    [Fact]
    public void Reconcile_AdoptedWhileItRead_ItsPlaceStaysTaken()
    {
        _lines.Queues.BeginReading();
        _lines.Queues.Taken(Id(8), 1, "a", null);
        _lines.Queues.Reconcile([], []);

        Assert.Equal(Fit.Busy, _lines.Why("a", 1));
        _lines.Queues.BeginReading();
        _lines.Queues.Reconcile([], []);
        Assert.Equal(Fit.Eligible, _lines.Why("a", 1));
    }

    [Fact]
    public void Reconcile_AdoptedAndFreedWhileItRead_ItsPlaceIsFree()
    {
        _lines.Queues.BeginReading();
        _lines.Queues.Taken(Id(8), 1, "a", null);
        _lines.Free(8);
        _lines.Queues.Reconcile([], [Place(8, "a")]);

        Assert.Equal(Fit.Eligible, _lines.Why("a", 1));
    }

    [Fact]
    public void Reconcile_PlacesThatNobodyToldOf_AreTakenAndFreed()
    {
        _lines.Queues.Reconcile([], [Place(8, "a")]);
        _lines.Queued(1, 1);
        Assert.Empty(_lines.Round());

        _lines.Queues.Reconcile([], []);

        Assert.Equal([(Id(1), "a")], _lines.Round());
    }

    [Fact]
    public void Reconcile_LaneThatNobodyToldOf_IsRead()
    {
        _lines.Queues.Reconcile([1], []);

        Assert.Equal([1], _lines.Refill(1, 1));
        Assert.Equal([(Id(1), "a")], _lines.Round());
    }

    [Fact]
    public void BeginRefills_NobodyHasAPlaceForIt_IsNotReadUntilSomebodyHas()
    {
        _lines.Queues.Begin([1], [Place(8, "a")]);
        Assert.Empty(_lines.Queues.BeginRefills(10));

        _lines.Free(8);

        Assert.Equal([1], _lines.Queues.BeginRefills(10));
    }

    [Fact]
    public void BeginRefills_ManyLanes_AtMostSoMany()
    {
        _lines.Lane(2, "a");
        _lines.Lane(3, "a");
        _lines.Queues.AreFull([1, 2, 3]);

        Assert.Equal(2, _lines.Queues.BeginRefills(2).Length);
    }

    [Fact]
    public void Queued_MoreThanIsKept_TheRestIsReadWhenTheyAreGone()
    {
        _lines.Queued(1, 1, 2, 3);
        foreach (var task in new[] { 1, 2 })
        {
            Assert.Equal([(Id(task), "a")], _lines.Round());
            _lines.Free(task);
        }

        Assert.Empty(_lines.Round());
        Assert.Equal([1], _lines.Refill(1, 3));
        Assert.Equal([(Id(3), "a")], _lines.Round());
    }

    [Fact]
    public void AreFull_ALaneOfWhichSomethingIsKnown_GoesOnWithThat()
    {
        _lines.Queued(1, 1);
        _lines.Queues.AreFull([1]);

        Assert.Empty(_lines.Queues.BeginRefills(10));
        Assert.Equal([(Id(1), "a")], _lines.Round());
    }
}
