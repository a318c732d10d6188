using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler;

public sealed class LaneQueueTests
{
    [Fact]
    public void Offer_NewLane_GivesOutInTheOrderOfRanks()
    {
        var queue = LaneQueue.OfNew(1, 10);
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
        queue.Offer(2, b);
        queue.Offer(1, a);

        Assert.Equal((a, b), (queue.Pop(), queue.Pop()));
        Assert.True(queue is { IsEmpty: true, IsComplete: true, WantsRefill: false });
    }

    [Fact]
    public void Offer_MoreThanFit_TheTableIsAskedForTheRest()
    {
        var queue = LaneQueue.OfNew(1, 2);
        foreach (var rank in new[] { 1, 2, 3 })
        {
            queue.Offer(rank, Guid.NewGuid());
        }

        Assert.False(queue.IsComplete);
        queue.Pop();
        queue.Pop();
        Assert.True(queue.WantsRefill);
    }

    [Fact]
    public void Offer_IncompleteLane_OnlyWhatComesBeforeTheLastHeadIsKept()
    {
        var queue = LaneQueue.OfNew(1, 2);
        var urgent = Guid.NewGuid();
        foreach (var rank in new[] { 10, 20, 30 })
        {
            queue.Offer(rank, Guid.NewGuid());
        }

        queue.Offer(25, Guid.NewGuid());
        queue.Offer(5, urgent);

        Assert.Equal(urgent, queue.Pop());
        Assert.Equal(10, queue.HeadRank);
    }

    [Fact]
    public void Refill_WhatIsOfferedWhileTheTableIsRead_IsNotLost()
    {
        var queue = LaneQueue.OfNew(1, 10);
        queue.Doubt();
        var (read, late) = (Guid.NewGuid(), Guid.NewGuid());

        queue.BeginRefill();
        queue.Offer(2, late);
        queue.Refill([(1, read)]);

        Assert.Equal((read, late), (queue.Pop(), queue.Pop()));
    }

    [Fact]
    public void PopAll_AgainstATable_GivesEachOnceAndNeverALaterOneFirst()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var queue = LaneQueue.OfNew(1, 5);
        var table = new SortedSet<(long Rank, Guid Task)>();
        for (var step = 0; step < 5_000; step++)
        {
            if (random.Next(2) == 0)
            {
                var task = (random.Next(1_000), Guid.NewGuid());
                table.Add(task);
                queue.Offer(task.Item1, task.Item2);
            }
            else if (queue.WantsRefill)
            {
                queue.BeginRefill();
                queue.Refill([.. table.Take(5)]);
            }
            else if (!queue.IsEmpty)
            {
                var first = table.Min;
                Assert.True(first.Rank == queue.HeadRank && first.Task == queue.Pop(), $"seed {seed}, step {step}");
                table.Remove(first);
            }
            else
            {
                Assert.True(table.Count == 0, $"seed {seed}, step {step}: the queue believes that it is empty");
            }
        }
    }
}
