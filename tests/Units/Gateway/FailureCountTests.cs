using Agents.Gateway.SignIns;

namespace Agents.Tests.Units.Gateway;

public sealed class FailureCountTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new();
    private readonly FailureCount _count;

    public FailureCountTests() => _count = new(3, Minute, _time);

    private ValueTask<TimeSpan?> TakeAsync() => _count.TakePlaceAsync(TestContext.Current.CancellationToken);

    private async Task TryAsync(bool failed)
    {
        Assert.Null(await TakeAsync());
        _count.GiveBack(failed);
    }

    [Fact]
    public async Task TakePlace_AfterTheLimitOfFailures_SaysHowLong()
    {
        await TryAsync(failed: true);
        _time.Advance(TimeSpan.FromSeconds(10));
        await TryAsync(failed: true);
        await TryAsync(failed: true);

        Assert.Equal(TimeSpan.FromSeconds(50), await TakeAsync());
    }

    [Fact]
    public async Task TakePlace_WhenTheOldestFailureIsPast_IsFreeForOne()
    {
        await TryAsync(failed: true);
        _time.Advance(TimeSpan.FromSeconds(30));
        await TryAsync(failed: true);
        await TryAsync(failed: true);

        _time.Advance(TimeSpan.FromSeconds(30));
        await TryAsync(failed: true);

        Assert.Equal(TimeSpan.FromSeconds(30), await TakeAsync());
    }

    [Fact]
    public async Task TakePlace_AfterSuccesses_IsFree()
    {
        for (var i = 0; i < 10; i++)
        {
            await TryAsync(failed: false);
        }

        Assert.True(_count.IsIdle);
    }

    [Fact]
    public async Task TakePlace_WhileAllAreTaken_WaitsAndIsRefusedWhenTheyFail()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await TakeAsync());
        }

        var fourth = TakeAsync().AsTask();
        Assert.False(fourth.IsCompleted);
        for (var i = 0; i < 3; i++)
        {
            _count.GiveBack(failed: true);
        }

        Assert.Equal(Minute, await fourth.WaitAsync(Minute, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TakePlace_ABurst_NeverHasMoreFailuresThanTheLimit()
    {
        var tried = 0;
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            if (await TakeAsync() is not null)
            {
                Interlocked.Increment(ref refused);
                return;
            }

            await Task.Yield();
            Interlocked.Increment(ref tried);
            _count.GiveBack(failed: true);
        }));

        Assert.Equal((3, 47), (tried, refused));
    }

    [Fact]
    public async Task TakePlace_WhoGivesUpWaiting_LeavesNoTrace()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await TakeAsync());
        }

        using var giveUp = new CancellationTokenSource();
        var waiting = _count.TakePlaceAsync(giveUp.Token).AsTask();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        for (var i = 0; i < 3; i++)
        {
            _count.GiveBack(failed: false);
        }

        Assert.True(_count.IsIdle);
    }

    [Fact]
    public async Task Of_MoreKeysThanAreKept_ForgetsTheIdleAndThenShares()
    {
        var counts = new FailureCounts<int>(1, Minute, _time, maxKept: 2);
        counts.Of(1);
        var second = counts.Of(2);
        Assert.Null(await second.TakePlaceAsync(TestContext.Current.CancellationToken));
        second.GiveBack(failed: true);

        var third = counts.Of(3);
        Assert.Null(await third.TakePlaceAsync(TestContext.Current.CancellationToken));
        var fourth = counts.Of(4);

        Assert.Equal(2, counts.Kept);
        Assert.Same(second, counts.Of(2));
        Assert.Same(fourth, counts.Of(5));
    }
}
