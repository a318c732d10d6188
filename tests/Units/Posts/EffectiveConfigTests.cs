using System.Text.Json.Nodes;
using Agents.Posts.Configs;

namespace Agents.Tests.Units.Posts;

public sealed class EffectiveConfigTests
{
    [Fact]
    public void Of_Nothing_IsAllDefaults()
    {
        var config = Of("{}", "{}");

        Assert.Equal(("claude", "claude", 1, 3600), (Text(config, "provider", "name"), Text(config, "runner"), (int)config.Tree["concurrency"]!, (int)config.Tree["limits"]!["timeout"]!));
        Assert.All(config.Sources.Values, source => Assert.Equal("default", source));
    }

    [Fact]
    public void Of_Layers_ObjectsMergeByNameAndListsReplace()
    {
        var config = Of(
            """{"skills":["a","b"],"limits":{"cpu":1,"timeout":60},"environment":{"A":"1","B":"2"},"tools":{"Bash":"deny"}}""",
            """{"skills":["c"],"limits":{"cpu":2},"environment":{"B":{"secret":"S"}}}""");

        Assert.Equal("""["c"]""", config.Tree["skills"]!.ToJsonString());
        Assert.Equal("""{"pids":512,"timeout":60,"idle":900,"cpu":2}""", config.Tree["limits"]!.ToJsonString());
        Assert.Equal("""{"A":"1","B":{"secret":"S"}}""", config.Tree["environment"]!.ToJsonString());
        Assert.Equal(
            ["agent", "agent", "post", "default", "post", "agent", "default", "post"],
            new[] { "skills", "limits.cpu", "limits.timeout", "limits.idle", "environment.A", "environment.B.secret", """tools["*"]""", "tools.Bash" }.Select(path => config.Sources[path]));
    }

    [Fact]
    public void Of_Null_TakesAwayWhatThePostSaysAndTheDefaultHolds()
    {
        var config = Of("""{"limits":{"timeout":60,"cpu":1},"provider":{"name":"codex"},"runner":"codex"}""", """{"limits":{"timeout":null,"cpu":null},"provider":null,"runner":null}""");

        Assert.Equal((3600, "default"), ((int)config.Tree["limits"]!["timeout"]!, config.Sources["limits.timeout"]));
        Assert.Null(config.Tree["limits"]!["cpu"]);
        Assert.Equal(("claude", "claude", "default"), (Text(config, "provider", "name"), Text(config, "runner"), config.Sources["provider.name"]));
    }

    [Fact]
    public void Of_OwnProvider_BringsItsRunner() => Assert.Equal("opencode", Text(Of("{}", """{"provider":{"name":"mistral"}}"""), "runner"));

    [Fact]
    public void Of_SourcesAndTree_NameTheSamePlaces()
    {
        var config = Of("""{"requires":{"labels":{"a.b":"x"}},"working":{"folder":"f"}}""", """{"working":{"folder":null,"repo":"r"},"requires":{"labels":{"c":null}}}""");

        Assert.Equal("agent", config.Sources["working.repo"]);
        Assert.DoesNotContain("working.folder", config.Sources.Keys);
        Assert.Equal("post", config.Sources["""requires.labels["a.b"]"""]);
        Assert.DoesNotContain("null", config.Tree.ToJsonString());
    }

    private static EffectiveConfig Of(string post, string overrides) => EffectiveConfig.Of((JsonObject)JsonNode.Parse(post)!, (JsonObject)JsonNode.Parse(overrides)!);

    private static string? Text(EffectiveConfig config, params string[] path) => (string?)path.Aggregate((JsonNode?)config.Tree, (node, name) => node?[name]);
}
