using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon;
using Agents.Daemon.Redaction;
using Agents.Daemon.Runners;
using Agents.Daemon.Work;

namespace Agents.Tests.Units.Daemon;

public sealed class WorkRulesTests
{
    private static readonly TaskAttempt Attempt = new("t", 2);

    [Fact]
    public void Verdict_StoppedAndEndedWell_IsWhyItWasStopped()
    {
        var said = Verdict.Of(Attempt, Halt.Canceled(new("t", 2, 5, CancelReason.Moved)), new(Outcome.Done, default(JsonElement), SessionId: "s2"), "s1");

        Assert.Equal((TaskErrorKind.Canceled, "s2", null), (said.Error!.Kind, said.Error.SessionId, said.Result));
    }

    [Theory]
    [InlineData((int)Outcome.Quota, TaskErrorKind.Quota)]
    [InlineData((int)Outcome.Auth, TaskErrorKind.Auth)]
    [InlineData((int)Outcome.EmptyResult, TaskErrorKind.EmptyResult)]
    [InlineData((int)Outcome.Crashed, TaskErrorKind.Crashed)]
    [InlineData((int)Outcome.Refused, TaskErrorKind.Refused)]
    [InlineData((int)Outcome.Failed, TaskErrorKind.Failed)]
    public void Verdict_EndedBadly_HasTheKind(int outcome, string kind) =>
        Assert.Equal(kind, Verdict.Of(Attempt, null, new((Outcome)outcome, Error: "why"), null).Error!.Kind);

    [Fact]
    public void Verdict_LongError_FitsIntoAFrame() =>
        Assert.InRange(Verdict.Failed(Attempt, TaskErrorKind.Failed, string.Concat(Enumerable.Repeat("x😀", 100_000)), null, null, null).Error!.Error!.Length, 7_000, 8_002);

    [Fact]
    public void Setup_APostsTemplate_IsReadWithWhatIsNewInIt()
    {
        using var config = JsonDocument.Parse(
            """{"runner":"command","command":["/bin/x"],"environment":{"A":"plain","B":{"secret":"b"}},"limits":{"pids":5,"cpu":0.5,"new":1},"newer":true,"provider":{"name":"claude"}}""");

        var setup = AgentSetup.Of(new("a", "p", 1, "r", config.RootElement.Clone()))!;

        Assert.Equal(("command", "plain", "B", 5, 0.5m, false), (setup.RunnerName, setup.PlainVariables["A"], setup.SecretVariables.Single(), setup.Limits!.Pids!.Value, setup.Limits.Cpu!.Value, setup.IsUnknown));
        Assert.True(AgentSetup.Of(new("a", null, null, "r", JsonSerializer.SerializeToElement(new { provider = new { name = "claude" } })))!.IsUnknown);
        Assert.Null(AgentSetup.Of(new("a", "p", 1, "r")));
    }

    [Fact]
    public void Environment_OfTheDaemon_DoesNotComeAlong()
    {
        var own = new Dictionary<string, string> { ["PATH"] = "/x", ["CLAUDECODE"] = "1", ["CCC_TOKEN"] = "et", ["TZ"] = "Europe/Berlin", ["TERM"] = "xterm" };

        var environment = RunEnvironment.Of([new("A", "post"), new("TZ", "UTC")], [new("A", "runner"), new("R", "1")], own.GetValueOrDefault, "/home/me");

        Assert.Equal(["A", "HOME", "LANG", "PATH", "R", "TZ"], environment.Keys.Order());
        Assert.Equal(("post", "UTC", "/home/me"), (environment["A"], environment["TZ"], environment["HOME"]));
        Assert.StartsWith("/x:/home/me/.local/bin:", environment["PATH"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("do", null, "do")]
    [InlineData(null, "\"text\"", "text")]
    [InlineData("do", """{"n":1}""", "do\n\n{\"n\":1}")]
    [InlineData(null, "null", "")]
    public void Words_PromptAndInput_StandOneAfterTheOther(string? prompt, string? input, string words)
    {
        using var json = JsonDocument.Parse(input ?? "null");
        Assert.Equal(words, Prompts.Of(prompt, json.RootElement.Clone()));
    }

    [Fact]
    public void RedactedJson_Anywhere_IsOut()
    {
        var redactor = new Redactor(["s3cret!", "123456"]);
        var json = JsonSerializer.SerializeToElement(new Dictionary<string, object?> { ["a s3cret!"] = new object?[] { "x s3cret! y", 123456, 7, true, null } });

        Assert.Equal("""{"a ***":["x *** y","***",7,true,null]}""", RedactedJson.Of(json, redactor).GetRawText());
    }

    [Fact]
    public void Program_OfAnotherVersion_SaysWhatItHas() =>
        Assert.Contains("newer is not supported by ccc", Assert.Throws<WorkFault>(() => RunnerCatalog.For("newer", null!)).Message, StringComparison.Ordinal);

    [Fact]
    public void Failure_OfAServerInTrouble_IsNotFinal()
    {
        Assert.False(new Failure(ExitCode.Failed, "no").IsFinal);
        Assert.False(new Failure(ExitCode.Failed, "no", code: ErrorCode.TooMany).IsFinal);
        Assert.True(new Failure(ExitCode.Failed, "no", code: ErrorCode.NotFound).IsFinal);
    }
}
