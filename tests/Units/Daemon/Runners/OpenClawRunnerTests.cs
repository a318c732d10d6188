using Agents.Daemon.Runners;
using Agents.Daemon.Runners.OpenClaw;

namespace Agents.Tests.Units.Daemon.Runners;

public sealed class OpenClawRunnerTests
{
    [Fact]
    public async Task Talk_Answered_TellsItWithItsUsageAndGoesOnWithWhatPeopleSay()
    {
        var replay = await Replay.OfAsync("openclaw", new OpenClawRunner(Replay.Task(session: "s1")), new(new(true), "and now this"));

        Assert.Equal((Outcome.Done, "s1", "It is done."), (replay.End.Outcome, replay.End.SessionId, replay.End.Result!.Value.GetProperty("text").GetString()));
        Assert.Equal("""{"input_tokens":130,"output_tokens":8,"cached_tokens":10,"cost_usd":0.0021}""", replay.Voice.Usage.GetRawText());
        var next = await Replay.OfAsync("openclaw", replay.End.Instead!);
        Assert.Equal(260, next.End.Usage!.Value.GetProperty("input_tokens").GetInt64());
    }

    [Fact(DisplayName = "What 2026.9.6 answers is understood: what it costs and which tools it used stand elsewhere there")]
    public async Task Newer()
    {
        var replay = await Replay.OfAsync("openclaw-2026.9", new OpenClawRunner(Replay.Task()));

        Assert.Equal((Outcome.Done, "Ahoy there"), (replay.End.Outcome, replay.End.Result!.Value.GetProperty("text").GetString()));
        Assert.Equal("""{"input_tokens":11,"output_tokens":3,"cached_tokens":0,"cost_usd":0.004}""", replay.Voice.Usage.GetRawText());
    }

    [Theory]
    [InlineData("openclaw-quota", (int)Outcome.Quota)]
    [InlineData("nothing", (int)Outcome.Crashed)]
    public async Task End_Badly_SaysWhich(string transcript, int outcome) =>
        Assert.Equal((Outcome)outcome, (await Replay.OfAsync(transcript, new OpenClawRunner(Replay.Task()), exitCode: 1, lastWords: "it broke")).End.Outcome);

    [Fact]
    public void Launch_OfATask_HasNothingOfItInItsCommand() =>
        Assert.Equal("openclaw agent --local --json --session-id s1 --message-file /dev/stdin", string.Join(' ', new OpenClawRunner(Replay.Task(session: "s1")).Launch().Command));
}
