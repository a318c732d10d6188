using Agents.Hosting.Engine;

namespace Agents.Tests.Units.Hosting;

public class RestartPauseTests
{
    [Fact]
    public void Next_DyingAgainAndAgain_DoublesUpToThirtySeconds()
    {
        var pauses = new List<double>();
        TimeSpan? last = null;
        for (var i = 0; i < 9; i++)
        {
            last = RestartPause.Next(last, TimeSpan.FromSeconds(59));
            pauses.Add(last.Value.TotalSeconds);
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], pauses);
    }

    [Fact]
    public void Next_HealthyForAMinute_StartsOver() =>
        Assert.Equal(RestartPause.First, RestartPause.Next(RestartPause.Longest, TimeSpan.FromMinutes(1)));
}
