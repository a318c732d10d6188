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

    [Theory]
    [InlineData("openclaw-quota", (int)Outcome.Quota)]
    [InlineData("nothing", (int)Outcome.Crashed)]
    public async Task End_Badly_SaysWhich(string transcript, int outcome) =>
        Assert.Equal((Outcome)outcome, (await Replay.OfAsync(transcript, new OpenClawRunner(Replay.Task()), exitCode: 1, lastWords: "it broke")).End.Outcome);

    [Fact]
    public void Launch_OfATask_HasNothingOfItInItsCommand() =>
        Assert.Equal("openclaw agent --local --json --session-id s1 --message-file -", string.Join(' ', new OpenClawRunner(Replay.Task(session: "s1")).Launch().Command));
}
