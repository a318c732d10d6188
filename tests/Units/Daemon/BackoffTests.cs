using Agents.Daemon.Link;

namespace Agents.Tests.Units.Daemon;

public class BackoffTests
{
    [Fact]
    public void Ceiling_FailingAgainAndAgain_DoublesUpToThirtySeconds() =>
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], Enumerable.Range(1, 9).Select(n => Backoff.Ceiling(n).TotalSeconds));

    [Fact]
    public void Next_AnyRandom_IsThatShareOfTheWhole()
    {
        Assert.Equal(TimeSpan.Zero, Backoff.Next(5, 0));
        Assert.Equal(TimeSpan.FromSeconds(4), Backoff.Next(5, 0.5));
        Assert.InRange(Backoff.Next(int.MaxValue, 0.999), TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Failures_AGoodMinute_StartsTheRowAnew()
    {
        Assert.Equal(8, Backoff.Failures(7, TimeSpan.FromSeconds(59)));
        Assert.Equal(1, Backoff.Failures(7, TimeSpan.FromSeconds(60)));
    }
}
