using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Posts;

namespace Agents.Tests.Units.Posts;

public sealed class TemplateTests
{
    private const string Full =
        """
        {"role_prompt":"你是一名 DevOps 工程师","skills":["shell",{"name":"git","text":"t","tools":["Bash"]},{"name":"bare"}],"provider":{"name":"claude","model":"sonnet","fallbacks":[{"name":"codex"}]},
        "runner":"command","command":["run","--fast"],"environment":{"A":"plain","B":{"secret":"TOKEN"}},"limits":{"memory_mb":512,"cpu":0.5,"timeout":600,"tokens_per_day":9000000000,"cost_per_task":1.25},
        "requires":{"capabilities":["docker"],"labels":{"zone":"north"}},"concurrency":3,"working":{"repo":"https://example.com/a.git","ref":"main"},"tools":{"*":"ask","Bash":"deny"}}
        """;

    public static TheoryData<string, string> Wrong => new()
    {
        { """{"limits":{"cpu":"much"}}""", "template.limits.cpu" },
        { """{"limits":{"cpu":0}}""", "template.limits.cpu" },
        { """{"limits":{"memory":1}}""", "template.limits.memory" },
        { """{"limits":{"timeout":0}}""", "template.limits.timeout" },
        { """{"limits":{"tokens_per_task":0}}""", "template.limits.tokens_per_task" },
        { """{"limits":{"cost_per_day":-1}}""", "template.limits.cost_per_day" },
        { """{"promt":"x"}""", "template.promt" },
        { """{"odd name":"x"}""", """template["odd name"]""" },
        { """{"skills":[""]}""", "template.skills[0]" },
        { """{"skills":["a",{"name":"b","txt":""}]}""", "template.skills[1]" },
        { """{"skills":["a",{"name":""}]}""", "template.skills[1].name" },
        { """{"skills":[3]}""", "template.skills[0]" },
        { """{"provider":{"model":"m"}}""", "template.provider.name" },
        { """{"provider":{"name":"a","fallbacks":[{"model":"m"}]}}""", "template.provider.fallbacks[0].name" },
        { """{"provider":{"name":"a","fallbacks":[{"name":"m","x":1}]}}""", "template.provider.fallbacks[0].x" },
        { """{"runner":"vim"}""", "template.runner" },
        { """{"runner":"acp"}""", "template.command" },
        { """{"runner":"claude","command":["x"]}""", "template.command" },
        { """{"command":["x"]}""", "template.command" },
        { """{"runner":"command","command":[]}""", "template.command" },
        { """{"environment":{"1A":"x"}}""", """template.environment["1A"]""" },
        { """{"environment":{"A":5}}""", "template.environment.A" },
        { """{"environment":{"A":{"secret":"a b"}}}""", "template.environment.A" },
        { """{"environment":{"A":{"value":"x"}}}""", "template.environment.A" },
        { """{"requires":{"label":{}}}""", "template.requires.label" },
        { """{"requires":{"capabilities":[""]}}""", "template.requires.capabilities" },
        { """{"concurrency":0}""", "template.concurrency" },
        { """{"working":{"folder":"a","repo":"b"}}""", "template.working.repo" },
        { """{"working":{"folder":"a/../../b"}}""", "template.working.folder" },
        { """{"working":{"repo":"--upload-pack=x"}}""", "template.working.repo" },
        { """{"working":{"repo":"https://me:secret@example.com/a"}}""", "template.working.repo" },
        { """{"working":{"ref":"main"}}""", "template.working.ref" },
        { """{"tools":{"Bash":"maybe"}}""", "template.tools.Bash" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Template_Wrong_NamesTheFieldByItsPath(string json, string field)
    {
        var problems = new Problems();
        if (TemplateJson.Read(JsonNode.Parse(json), "template", problems) is { } template)
        {
            problems.Template(template);
        }

        Assert.Equal([field], problems.ToErrors().Errors.Keys);
    }

    [Fact]
    public void Template_InOrder_IsReadAsItWasWritten()
    {
        var problems = new Problems();
        var template = TemplateJson.Read(JsonNode.Parse(Full), "template", problems)!;
        problems.Template(template);

        Assert.Empty(problems.ToErrors().Errors);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Full), JsonNode.Parse(TemplateJson.Write(template))), TemplateJson.Write(template));
        Assert.Equal("{}", TemplateJson.Write(new()));
    }

    [Fact]
    public void Template_TooLargeAsAWhole_IsRefusedAsAWhole()
    {
        var problems = new Problems();
        problems.Template(new(Skills: [.. Enumerable.Range(0, 5).Select(n => new PostSkill($"s{n}", new string('x', 60 * 1024)))]));

        Assert.Equal(["template"], problems.ToErrors().Errors.Keys);
    }

    [Fact]
    public void Overrides_OnlyAPart_MayLackWhatThePostHas()
    {
        Assert.Empty(Of("""{"provider":{"model":"opus"},"command":["x"],"working":{"ref":"main"},"limits":{"cpu":null},"tools":null,"environment":{"A":null},"requires":{"labels":{"a":null}}}"""));
        Assert.Equal(["overrides.limits.cpu"], Of("""{"limits":{"cpu":"x"}}"""));
        Assert.Equal(["overrides.limits.cpus"], Of("""{"limits":{"cpus":1}}"""));
        Assert.Equal(["overrides.limts", "overrides.limits.cpus"], Of("""{"limts":null,"limits":{"cpus":null}}"""));
        Assert.Equal(["overrides"], Of("[]"));
        Assert.Equal(["overrides"], Of("""{"role_prompt":"\ud800"}""").Take(1).Select(field => field.Split('.')[0]));
    }

    [Theory]
    [InlineData(null, "claude")]
    [InlineData("codex", "codex")]
    [InlineData("mistral", "opencode")]
    [InlineData("command", "opencode")]
    public void Runner_NotNamed_IsTheProvidersOwn(string? provider, string runner) => Assert.Equal(runner, PostRunner.For(provider));

    private static IEnumerable<string> Of(string overrides)
    {
        var problems = new Problems();
        new AgentConfigRequest(JsonElement.Parse(overrides)).Validate(problems);
        return problems.ToErrors().Errors.Keys;
    }
}
