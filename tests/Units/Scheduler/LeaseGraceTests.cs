using Agents.Scheduler.Attempts;

namespace Agents.Tests.Units.Scheduler;

public sealed class LeaseGraceTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private LeaseGrace _grace;

    [Fact]
    public void IsOver_WatchedForATerm_NotBefore()
    {
        Watch(19);
        Assert.False(_grace.IsOver(_time.GetTimestamp(), Lease, _time));
        Watch(2);
        Assert.True(_grace.IsOver(_time.GetTimestamp(), Lease, _time));
    }

    [Fact]
    public void Look_NobodyCouldBeHeard_BeginsAnew()
    {
        Watch(30);
        Watch(1, heard: false);
        Watch(19);

        Assert.False(_grace.IsOver(_time.GetTimestamp(), Lease, _time));
    }

    [Fact]
    public void Look_AfterAGap_BeginsAnew()
    {
        Watch(30);
        _time.Advance(TimeSpan.FromSeconds(3));
        Watch(19);

        Assert.False(_grace.IsOver(_time.GetTimestamp(), Lease, _time));
    }

    [Fact]
    public void IsOver_NobodyWatches_Never() => Assert.False(new LeaseGrace().IsOver(long.MaxValue, TimeSpan.Zero, _time));

    [Fact]
    public void Look_ARoundExactlyAsLateAsItMayBe_GoesOnWatching()
    {
        Watch(1);
        for (var round = 0; round < 10; round++)
        {
            _time.Advance(LeaseGrace.LongestGap);
            _grace = _grace.Look(_time.GetTimestamp(), true, _time);
        }

        Assert.True(_grace.IsOver(_time.GetTimestamp(), Lease, _time));
    }

    private void Watch(int seconds, bool heard = true)
    {
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _grace = _grace.Look(_time.GetTimestamp(), heard, _time);
        }
    }
}
