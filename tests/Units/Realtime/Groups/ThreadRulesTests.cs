using Agents.Realtime.Groups.Log;
using ThreadState = Agents.Realtime.Groups.Log.ThreadState;

namespace Agents.Tests.Units.Realtime.Groups;

public sealed class ThreadRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AgentSays_BeyondTheHops_StopsIt()
    {
        Assert.Null(ThreadRules.AgentSays(new(Now), 3, new(3, 10), Now).Stopped);
        Assert.Equal("3 messages of agents came one after the other", ThreadRules.AgentSays(new(Now), 4, new(3, 10), Now).Stopped);
    }

    [Fact]
    public void AgentSays_TooMuchInAMinute_StopsItAndInTheNextItWouldNot()
    {
        var thread = new ThreadState(Now);
        for (var n = 0; n < 2; n++)
        {
            thread = ThreadRules.AgentSays(thread, 1, new(9, 2), Now.AddSeconds(n));
        }

        Assert.Equal("agents said more than 2 things in a minute", ThreadRules.AgentSays(thread, 1, new(9, 2), Now.AddSeconds(59)).Stopped);
        Assert.Equal((null, 1), (ThreadRules.AgentSays(thread, 1, new(9, 2), Now.AddSeconds(60)) is var next ? next.Stopped : "", next.InMinute));
    }

    [Fact]
    public void AgentSays_Stopped_StaysAsItIs()
    {
        var stopped = new ThreadState(Now, Stopped: "why");

        Assert.Same(stopped, ThreadRules.AgentSays(stopped, 1, new(9, 9), Now.AddHours(1)));
    }

    [Fact]
    public void PersonSays_Stopped_GoesOn() => Assert.Equal(new ThreadState(Now, Since: 7), ThreadRules.PersonSays(7, Now));

    [Theory]
    [InlineData(99, 0.99, null)]
    [InlineData(100, 0, "its 100 tokens are used up")]
    [InlineData(0, 1, "its 1 US dollars are spent")]
    public void Used_UpToALimit_StopsIt(long tokens, double cost, string? why) =>
        Assert.Equal(why, ThreadRules.Used(new(Now), tokens, (decimal)cost, new(9, 9, 100, 1)).Stopped);
}
