using System.Text.Json;
using Agents.Contracts.Posts;
using Agents.Daemon.Runners;
using Agents.Daemon.Runners.Lines;
using Agents.Daemon.Work;

namespace Agents.Tests.Units.Daemon.Runners;

public sealed class PlumbingTests
{
    [Fact]
    public async Task Read_LinesOfAnyLength_AreWholeOrSayWhatIsMissing()
    {
        var lines = new List<ProgramLine>();
        await foreach (var line in LineReader.ReadAsync(new StringReader($"a\n\n{new string('x', 100_000)}\nü😀"), longest: 1000, TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        Assert.Equal(["a", "", new string('x', 1000), "ü😀"], lines.Select(line => line.Text));
        Assert.Equal([0, 0, 99_000, 0], lines.Select(line => line.LeftOut));
    }

    [Theory]
    [InlineData("You've hit your limit", null, (int)Outcome.Quota)]
    [InlineData("Rate limit exceeded", null, (int)Outcome.Quota)]
    [InlineData("something", 429L, (int)Outcome.Quota)]
    [InlineData("something", 403L, (int)Outcome.Auth)]
    [InlineData("Please run /login", null, (int)Outcome.Auth)]
    [InlineData("prompt is too long: 210000 tokens", 400L, (int)Outcome.Failed)]
    [InlineData("the disk is full", null, (int)Outcome.Failed)]
    public void Trouble_InWords_IsToldApart(string message, long? status, int outcome) => Assert.Equal((Outcome)outcome, Troubles.Of(message, status).Outcome);

    [Fact]
    public void ToolRules_ByName_ComeBeforeThoseForAllOthers()
    {
        var rules = new ToolRules(new Dictionary<string, string> { ["Bash"] = ToolRule.Allow, ["*"] = ToolRule.Deny });

        Assert.Equal((ToolRule.Allow, ToolRule.Deny, ToolRule.Ask), (rules.Of("shell", "bash"), rules.Of("Write"), new ToolRules(null).Of("Write")));
    }

    [Fact]
    public void Prompt_WithRoleSkillsAndInput_HasAllOfIt()
    {
        using var skills = JsonDocument.Parse("""["plain", {"name": "tidy", "text": "Keep it tidy."}]""");
        var setup = new AgentSetup(RolePrompt: "You write.", Skills: [.. skills.RootElement.EnumerateArray()]);

        Assert.Equal("You write.\n\n## tidy\n\nKeep it tidy.", Prompts.Role(setup));
        Assert.StartsWith("You write.", Prompts.WithRole(Replay.Task(setup)), StringComparison.Ordinal);
        Assert.Equal("do it", Prompts.WithRole(Replay.Task(setup, "s")));
        Assert.Contains("can't be taken up again", Prompts.WithRole(Replay.Task(setup, "s").Afresh()), StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_TooLong_SaysWhich()
    {
        var (minute, three) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3));

        Assert.Null(Silence.Of(minute, spoke: false, idle: null, firstWord: three));
        Assert.Equal("crashed", Silence.Of(three + minute, spoke: false, idle: null, firstWord: three)!.Kind);
        Assert.Null(Silence.Of(three + minute, spoke: true, idle: null, firstWord: three));
        Assert.Equal("timeout", Silence.Of(minute, spoke: true, idle: 30, firstWord: three)!.Kind);
    }
}
