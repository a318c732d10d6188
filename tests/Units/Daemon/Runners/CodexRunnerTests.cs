using Agents.Daemon.Runners;
using Agents.Daemon.Runners.Codex;

namespace Agents.Tests.Units.Daemon.Runners;

public sealed class CodexRunnerTests
{
    [Fact]
    public async Task Talk_WithAToolThatIsAskedFor_TellsAllOfIt()
    {
        var replay = await Of("codex-tool");

        Assert.Equal((Outcome.Done, "01a2016e-9ea8-7222-8abe-b73f591b1481"), (replay.End.Outcome, replay.Voice.SessionId));
        Assert.StartsWith("Did it:", replay.End.Result!.Value.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Did it:", replay.Voice.TextOf("text"), StringComparison.Ordinal);
        Assert.Equal("I think.\n", replay.Voice.TextOf("thinking"));
        Assert.Equal(["started", "done"], replay.Voice.Tools);
        Assert.Equal("""{"input_tokens":200,"output_tokens":80,"cached_tokens":40}""", replay.End.Usage!.Value.GetRawText());
        Assert.Contains("touch madex.txt", replay.People.Asked.Single().Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talk_NotAllowed_IsDeclined()
    {
        var replay = await Of("codex-declined", new(new(false)));

        Assert.Equal(["started", "failed"], replay.Voice.Tools);
    }

    [Theory]
    [InlineData("codex-quota", (int)Outcome.Quota, "429 Too Many Requests (its provider's limit is reached; it did not say", false)]
    [InlineData("codex-limit-with-time", (int)Outcome.Quota, "it opens again at 2026-11-22T07:00:00Z", false)]
    [InlineData("codex-auth", (int)Outcome.Auth, "401 Unauthorized", false)]
    [InlineData("codex-empty", (int)Outcome.EmptyResult, "said nothing", false)]
    [InlineData("codex-refusal", (int)Outcome.Failed, "The model refused", false)]
    [InlineData("codex-full", (int)Outcome.Failed, "conversation is full", true)]
    [InlineData("codex-crash", (int)Outcome.Crashed, "before it was done (exit code 134): it broke", false)]
    public async Task End_Badly_SaysWhich(string transcript, int outcome, string why, bool isSpent)
    {
        var replay = await Replay.OfAsync(transcript, new CodexRunner(Replay.Task()), exitCode: 134, lastWords: "it broke");

        Assert.Equal(((Outcome)outcome, isSpent), (replay.End.Outcome, replay.End.IsSpent));
        Assert.Contains(why, replay.End.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talk_NoSuchConversation_BeginsAfreshAndSaysSo()
    {
        var replay = await Replay.OfAsync("codex-no-conversation", new CodexRunner(Replay.Task(session: "01a2016e-9ea8-7222-8abe-000000000000")));

        Assert.Equal((Outcome.Done, "01a20172-fc2d-7ad2-9131-aee9f402961c"), (replay.End.Outcome, replay.Voice.SessionId));
        Assert.Contains("can't be taken up again", replay.Program.Heard[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talk_GarbageAndALongLine_AreToldAndHurtNobody()
    {
        var replay = await Of("codex-garbage");

        Assert.Equal(Outcome.Done, replay.End.Outcome);
        Assert.Contains("thread panicked at {\n[a line of 10000000 characters is left out here]\n", replay.Voice.TextOf("log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_WithoutAppServer_IsTriedByExec()
    {
        var replay = await Replay.OfAsync("nothing", new CodexRunner(Replay.Task()), exitCode: 2, lastWords: "error: unrecognized subcommand 'app-server'");

        Assert.Contains("exec --json", string.Join(' ', replay.End.Instead!.Launch().Command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_SomebodySaysMore_IsToldItInTheNextTurn()
    {
        var replay = await Replay.OfAsync("codex-exec", new CodexExecRunner(Replay.Task()), new(new(true), "and now this"));

        var next = replay.End.Instead!;

        Assert.Equal((Outcome.Done, true), (replay.End.Outcome, replay.Voice.SessionId is not null));
        Assert.EndsWith($"resume {replay.Voice.SessionId} -", string.Join(' ', next.Launch().Command), StringComparison.Ordinal);
        Assert.Equal(Outcome.Auth, (await Replay.OfAsync("codex-exec-auth", next)).End.Outcome);
    }

    private static Task<Replay> Of(string transcript, ScriptedPeople? people = null) => Replay.OfAsync(transcript, new CodexRunner(Replay.Task()), people);
}
