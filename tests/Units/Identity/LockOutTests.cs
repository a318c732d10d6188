using Agents.Identity.Sessions;

namespace Agents.Tests.Units.Identity;

public sealed class LockOutTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 2)]
    [InlineData(6, 4)]
    [InlineData(10, 64)]
    [InlineData(14, 900)]
    [InlineData(1_000_000, 900)]
    public void PauseAfter_SoManyFailures_GrowsToAQuarterOfAnHour(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), LockOut.PauseAfter(failures));

    [Fact]
    public void Left_OfAPause_RunsOut()
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(1), LockOut.Left(5, at, at.AddSeconds(1)));
        Assert.Equal(TimeSpan.Zero, LockOut.Left(5, at, at.AddSeconds(2)));
        Assert.Equal(TimeSpan.Zero, LockOut.Left(5, at, at.AddDays(2)));
    }
}
