using Agents.Daemon.Runners;
using Agents.Daemon.Runners.Acp;
using Agents.Daemon.Runners.OpenCode;

namespace Agents.Tests.Units.Daemon.Runners;

public sealed class AcpRunnerTests
{
    [Fact]
    public async Task Talk_WithAToolThatIsAskedFor_TellsAllOfIt()
    {
        var replay = await Of("opencode-tool");

        Assert.Equal((Outcome.Done, "ses_dfe9491a8ffegwZ3odEFA6l1vq"), (replay.End.Outcome, replay.Voice.SessionId));
        Assert.StartsWith("Did it:", replay.End.Result!.Value.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["started", "done"], replay.Voice.Tools);
        Assert.Equal((100, 40), (replay.End.Usage!.Value.GetProperty("input_tokens").GetInt64(), replay.End.Usage!.Value.GetProperty("output_tokens").GetInt64()));
        Assert.InRange(replay.End.Usage!.Value.GetProperty("cost_usd").GetDouble(), 0.0003, 0.0004);
        Assert.Equal("bash: touch made.txt", replay.People.Asked.Single().Title);
    }

    [Fact]
    public async Task Talk_NotAllowed_IsRejected() => Assert.Equal(["started", "failed"], (await Of("opencode-denied", new(new(false)))).Voice.Tools);

    [Theory]
    [InlineData("opencode-quota", (int)Outcome.Quota, "You've hit your limit", false)]
    [InlineData("opencode-auth", (int)Outcome.Auth, "invalid x-api-key", false)]
    [InlineData("acp-refusal", (int)Outcome.Failed, "The model refused", false)]
    [InlineData("acp-empty", (int)Outcome.EmptyResult, "said nothing", false)]
    [InlineData("acp-max-turns", (int)Outcome.Failed, "the end of its turns", true)]
    [InlineData("acp-crash", (int)Outcome.Crashed, "before it was done (exit code 139): it broke", false)]
    public async Task End_Badly_SaysWhich(string transcript, int outcome, string why, bool isSpent)
    {
        var replay = await Replay.OfAsync(transcript, OpenCodeLaunch.Of(Replay.Task()), exitCode: 139, lastWords: "it broke");

        Assert.Equal(((Outcome)outcome, isSpent), (replay.End.Outcome, replay.End.IsSpent));
        Assert.Contains(why, replay.End.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talk_GarbageAndALongLine_AreToldAndHurtNobody()
    {
        var replay = await Of("acp-garbage");

        Assert.Equal(Outcome.Done, replay.End.Outcome);
        Assert.Equal("not JSON at all\n[a line of 10000000 characters is left out here]\n", replay.Voice.TextOf("log"));
    }

    [Fact]
    public void Launch_OfOpenCode_HasThePostsModelAndTools()
    {
        var config = OpenCodeLaunch.Of(Replay.Task(new(Provider: new("deepseek", "m"), Tools: new Dictionary<string, string> { ["bash"] = "allow" }))).Launch().Environment!["OPENCODE_CONFIG_CONTENT"];

        Assert.Contains("\"model\":\"deepseek/m\"", config, StringComparison.Ordinal);
        Assert.Contains("\"bash\":\"allow\",\"edit\":\"ask\"", config, StringComparison.Ordinal);
    }

    [Fact]
    public void Launch_OfAcpWithoutCommand_SaysSo() =>
        Assert.Contains("no command", Assert.Throws<Agents.Daemon.Work.WorkFault>(() => AcpLaunch.Of(Replay.Task())).Message, StringComparison.Ordinal);

    private static Task<Replay> Of(string transcript, ScriptedPeople? people = null) => Replay.OfAsync(transcript, OpenCodeLaunch.Of(Replay.Task()), people);
}
