using Agents.Realtime.Sockets;

namespace Agents.Tests.Units.Realtime;

public sealed class GuessesTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void TenWrongTokensAreEnoughForAMinute()
    {
        var guesses = new Guesses(_time);
        for (var n = 0; n < 10; n++)
        {
            Assert.False(guesses.AreTooMany("a", "10.0.0.1"));
            guesses.Failed("a", "10.0.0.1");
        }

        Assert.True(guesses.AreTooMany("a", "10.0.0.1"));
        Assert.False(guesses.AreTooMany("a", "10.0.0.2"));
        Assert.False(guesses.AreTooMany("b", "10.0.0.1"));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(guesses.AreTooMany("a", "10.0.0.1"));
        guesses.Failed("a", "10.0.0.1");
        Assert.False(guesses.AreTooMany("a", "10.0.0.1"));
    }

    [Fact]
    public void WhoTriesEverythingFillsNoMemory()
    {
        var guesses = new Guesses(_time);
        for (var n = 0; n < 100_000; n++)
        {
            guesses.Failed($"agent-{n}", null);
        }

        Assert.InRange(guesses.Count, 1, 10_001);
    }
}
