using Pipelines.Sockets.Unofficial;

namespace Agents.Tests.StandIns.Sockets;

public sealed class SchedulerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void BusyWorkers_LeaveTheRestToThePool()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler("io", workerCount: 2, useThreadPoolQueueLength: 4);
        using var release = new ManualResetEventSlim();
        using var started = new CountdownEvent(2);
        using var done = new CountdownEvent(20);
        for (var i = 0; i < 2; i++)
        {
            scheduler.Schedule(Block, null);
        }

        Assert.True(started.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal((2, 0), (scheduler.WorkerCount, scheduler.AvailableCount));
        for (var i = 0; i < 20; i++)
        {
            scheduler.Schedule(_ => done.Signal(), null);
        }

        Assert.Equal(16, scheduler.TotalServicedByPool);
        release.Set();
        Assert.True(done.Wait(Patience, TestContext.Current.CancellationToken));

        void Block(object? state)
        {
            started.Signal();
            release.Wait(Patience);
        }
    }

    [Fact]
    public void AnExceptionInOneItem_LeavesTheWorkerAlive()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 1);
        using var done = new ManualResetEventSlim();

        scheduler.Schedule(_ => throw new InvalidOperationException(), null);
        scheduler.Schedule(_ => done.Set(), null);

        Assert.True(done.Wait(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Disposed_GivesAllToThePool()
    {
        var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 1);
        using var done = new ManualResetEventSlim();
        scheduler.Dispose();

        scheduler.Schedule(_ => done.Set(), null);

        Assert.True(done.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal((0, 1), (scheduler.AvailableCount, scheduler.TotalServicedByPool));
    }
}
