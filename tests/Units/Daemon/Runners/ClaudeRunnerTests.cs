using Agents.Daemon.Runners;
using Agents.Daemon.Runners.Claude;

namespace Agents.Tests.Units.Daemon.Runners;

public sealed class ClaudeRunnerTests
{
    [Fact]
    public async Task Talk_WithAToolThatIsAskedFor_TellsAllOfIt()
    {
        var replay = await Of("claude-tool");

        Assert.Equal((Outcome.Done, "b4a23599-4313-496c-9331-a5c5bf396746"), (replay.End.Outcome, replay.Voice.SessionId));
        Assert.StartsWith("Did it:", replay.End.Result!.Value.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("I think.\n", replay.Voice.TextOf("thinking"));
        Assert.StartsWith("Did it:", replay.Voice.TextOf("text").TrimStart(), StringComparison.Ordinal);
        Assert.Equal(["started", "done"], replay.Voice.Tools);
        Assert.Equal((250, 70, 40), (Number(replay, "input_tokens"), Number(replay, "output_tokens"), Number(replay, "cached_tokens")));
        Assert.True(replay.End.Usage!.Value.GetProperty("cost_usd").GetDouble() > 0);
        Assert.Equal("Bash: touch made3.txt", replay.People.Asked.Single().Title);
    }

    [Fact]
    public async Task Talk_NotAllowed_IsToldWhy()
    {
        var replay = await Of("claude-denied", new(new(false, InTime: false)));

        Assert.Contains("Nobody answered in time", replay.Program.Heard[^1], StringComparison.Ordinal);
        Assert.Equal(["started", "failed"], replay.Voice.Tools);
    }

    [Fact]
    public async Task Talk_ThePostAllowsIt_NobodyIsAsked()
    {
        var task = Replay.Task(new(Tools: new Dictionary<string, string> { ["bash"] = "allow" }));

        var replay = await Replay.OfAsync("claude-tool", new ClaudeRunner(task));

        Assert.Empty(replay.People.Asked);
        Assert.Equal(Outcome.Done, replay.End.Outcome);
    }

    [Fact]
    public async Task Talk_SomebodySaysMore_EndsOnlyWhenItWasTakenUp()
    {
        var replay = await Of("claude-steered", new(new(true), "and now this"));

        Assert.Equal(Outcome.Done, replay.End.Outcome);
        Assert.Contains("and now this", replay.Program.Heard[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude-quota", (int)Outcome.Quota, "You've hit your limit", false)]
    [InlineData("claude-auth", (int)Outcome.Auth, "Invalid API key", false)]
    [InlineData("claude-refusal", (int)Outcome.Failed, "The model refused", false)]
    [InlineData("claude-empty", (int)Outcome.EmptyResult, "said nothing", false)]
    [InlineData("claude-max-turns", (int)Outcome.Failed, "the end of its turns (12)", true)]
    [InlineData("claude-full", (int)Outcome.Failed, "conversation is full", true)]
    [InlineData("claude-crash", (int)Outcome.Crashed, "before it was done (exit code 139): it broke", false)]
    public async Task End_Badly_SaysWhich(string transcript, int outcome, string why, bool isSpent)
    {
        var replay = await Replay.OfAsync(transcript, new ClaudeRunner(Replay.Task()), exitCode: 139, lastWords: "it broke\n");

        Assert.Equal(((Outcome)outcome, isSpent), (replay.End.Outcome, replay.End.IsSpent));
        Assert.Contains(why, replay.End.Error, StringComparison.Ordinal);
        Assert.Null(replay.End.Instead);
    }

    [Fact]
    public async Task End_NoSuchConversation_BeginsAfreshAndSaysSo()
    {
        var replay = await Replay.OfAsync("claude-no-conversation", new ClaudeRunner(Replay.Task(session: "11111111-1111-4111-8111-111111111111")), exitCode: 1);

        var afresh = await Replay.OfAsync("claude-tool", replay.End.Instead!);

        Assert.DoesNotContain("--resume", replay.End.Instead!.Launch().Command);
        Assert.Contains("can't be taken up again", afresh.Program.Heard[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talk_GarbageAndALongLine_AreToldAndHurtNobody()
    {
        var replay = await Of("claude-garbage");

        Assert.Equal(Outcome.Done, replay.End.Outcome);
        Assert.Equal("Warning: something that is no JSON {\n[]\n[a line of 10000000 characters is left out here]\n", replay.Voice.TextOf("log"));
    }

    [Fact]
    public void Launch_OfAPost_HasItsModelAndItsToolsAndNothingOfTheTask()
    {
        var task = Replay.Task(new(Provider: new("claude", "m"), RolePrompt: "secret role", Tools: new Dictionary<string, string> { ["Read"] = "allow", ["*"] = "deny" }), "s");

        var command = string.Join(' ', new ClaudeRunner(task).Launch().Command);

        Assert.Contains("--model m --resume s --settings {\"permissions\":{\"allow\":[\"Read\"]}} --tools Read", command, StringComparison.Ordinal);
        Assert.DoesNotContain("secret role", command, StringComparison.Ordinal);
        Assert.DoesNotContain("do it", command, StringComparison.Ordinal);
    }

    private static Task<Replay> Of(string transcript, ScriptedPeople? people = null) => Replay.OfAsync(transcript, new ClaudeRunner(Replay.Task()), people);

    private static long Number(Replay replay, string name) => replay.End.Usage!.Value.GetProperty(name).GetInt64();
}
