using System.Diagnostics;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Work;

namespace Agents.Tests.Units.Realtime;

public sealed class WordQueueTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly WordQueue _queue = new(TimeProvider.System);

    [Fact]
    public async Task Take_AllKinds_HoldersThenLeasesThenTasks()
    {
        await _queue.SayAsync(new(WordKind.Accept, "h", "1", "t", 1), TestContext.Current.CancellationToken);
        _queue.Lease(new(WordKind.Lease, "h", "1"));
        _queue.Turn(new(WordKind.Here, "h", "1"));

        Assert.Equal([WordKind.Here, WordKind.Lease, WordKind.Accept], Kinds(9));
        Assert.Empty(Kinds(9));
    }

    [Fact]
    public void Lease_SeveralOfOneHolder_TheNewestConnectionsLastCounts()
    {
        _queue.Lease(new(WordKind.Lease, "h", "2", Load: 1));
        _queue.Lease(new(WordKind.Lease, "h", "2", Load: 2));
        _queue.Lease(new(WordKind.Lease, "h", "1", Load: 3));
        _queue.Lease(new(WordKind.Lease, "i", "1", Load: 4));

        Assert.Equal([2, 4], _queue.Take(9).Select(word => word.Load!.Value).Order());
    }

    [Fact]
    public async Task Take_MoreThanFit_TheRestIsThereAtOnce()
    {
        foreach (var holder in new[] { "a", "b", "c" })
        {
            _queue.Turn(new(WordKind.Here, holder, "1"));
        }

        Assert.Equal(2, _queue.Take(2).Count);
        await WaitAsync(Long);
        Assert.Single(_queue.Take(2));
    }

    [Fact]
    public async Task Wait_SomethingIsSaid_IsOverAtOnce()
    {
        var waits = WaitAsync(Long);
        Assert.False(waits.IsCompleted);
        await _queue.SayAsync(new(WordKind.Accept, "h", "1", "t", 1), TestContext.Current.CancellationToken);

        await waits.WaitAsync(Long / 2, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wait_NothingIsSaid_IsOverAtItsLimit()
    {
        var watch = Stopwatch.StartNew();
        await WaitAsync(TimeSpan.FromMilliseconds(50));

        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(40), Long);
    }

    [Fact]
    public async Task Wait_Stopped_Throws()
    {
        using var stop = new CancellationTokenSource();
        var waits = _queue.WaitAsync(Long, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
    }

    [Fact]
    public async Task Say_StuckButNotHalfFull_KeepsProgress()
    {
        _queue.IsStuck = true;
        await _queue.SayAsync(new(WordKind.Progress, "h", "1", "t", 1), TestContext.Current.CancellationToken);

        Assert.Equal(0, _queue.Dropped);
        Assert.Single(_queue.Take(9));
    }

    private Task WaitAsync(TimeSpan most) => _queue.WaitAsync(most, TestContext.Current.CancellationToken);

    private IEnumerable<WordKind> Kinds(int most) => _queue.Take(most).Select(word => word.Kind);
}
