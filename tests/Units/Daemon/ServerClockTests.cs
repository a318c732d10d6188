using Agents.Daemon.Link;

namespace Agents.Tests.Units.Daemon;

public class ServerClockTests
{
    [Fact]
    public void Now_LocalClockIsAnHourBehind_GoesOnByTheServers()
    {
        var time = new ManualTimeProvider();
        var clock = new ServerClock(time);
        var server = time.GetUtcNow().AddHours(1);

        clock.Set(server.ToUnixTimeSeconds());
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(server.AddMinutes(5), clock.Now);
        Assert.Equal(TimeSpan.FromHours(1), clock.Offset);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Set_Nonsense_KeepsTheLocalClock(long serverTime)
    {
        var time = new ManualTimeProvider();
        var clock = new ServerClock(time);

        clock.Set(serverTime);

        Assert.Equal(time.GetUtcNow(), clock.Now);
    }
}
