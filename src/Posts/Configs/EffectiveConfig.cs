using System.Text.Json.Nodes;
using Agents.Contracts.Posts;
using Agents.Posts.Versions;

namespace Agents.Posts.Configs;

/// <summary>What an agent is in the end: the defaults, over them its post, over that its own. Pure.</summary>
/// <param name="Sources">Of each value, by its path, who says so.</param>
internal sealed record EffectiveConfig(JsonObject Tree, IReadOnlyDictionary<string, string> Sources)
{
    /// <summary>By the name of the variable, the secret that it is to have.</summary>
    public IReadOnlyDictionary<string, string> Secrets => (Tree["environment"] as JsonObject ?? [])
        .Where(variable => variable.Value is JsonObject)
        .ToDictionary(variable => variable.Key, variable => variable.Value!["secret"]!.GetValue<string>());

    public bool WorksOnMentions => (string?)Tree["on_mention"] == MentionRule.Task;

    /// <summary>Of a post as an agent follows it, or of none.</summary>
    public static JsonObject TreeOf(PostVersion? version) => version is null ? [] : (JsonObject)JsonNode.Parse(version.Template)!;

    public static EffectiveConfig Of(JsonObject post, JsonObject overrides)
    {
        var own = Patch(post, overrides);
        var tree = (JsonObject)Lay(Defaults.Tree(), own)!;
        if (tree["runner"] is null)
        {
            tree["runner"] = PostRunner.For((string?)tree["provider"]?["name"]);
        }

        Dictionary<string, string> sources = [];
        Name("", tree, overrides, own, sources);
        return new(tree, sources);
    }

    /// <summary>How many tasks at once is the agent's own since it was made, and its dispatcher goes by that alone.</summary>
    public EffectiveConfig WithConcurrency(int concurrency)
    {
        if ((int?)Tree["concurrency"] == concurrency)
        {
            return this;
        }

        var tree = (JsonObject)Tree.DeepClone();
        tree["concurrency"] = concurrency;
        return new(tree, new Dictionary<string, string>(Sources) { ["concurrency"] = ConfigSource.Agent });
    }

    /// <summary>The post as it is for this agent: objects by name, lists and values as a whole, and null takes away.</summary>
    public static JsonObject Patch(JsonObject post, JsonObject overrides)
    {
        var patched = (JsonObject)post.DeepClone();
        foreach (var (name, value) in overrides)
        {
            if (value is null)
            {
                patched.Remove(name);
            }
            else
            {
                // Where nothing was before, what it takes away is not there either.
                patched[name] = value is JsonObject over ? Patch(patched[name] as JsonObject ?? [], over) : value.DeepClone();
            }
        }

        return patched;
    }

    private static JsonNode? Lay(JsonNode? under, JsonNode? over)
    {
        if (under is not JsonObject below || over is not JsonObject above)
        {
            return (over ?? under)?.DeepClone();
        }

        return new JsonObject(below.Select(field => field.Key).Union(above.Select(field => field.Key)).Select(name => KeyValuePair.Create(name, Lay(below[name], above[name]))));
    }

    private static void Name(string path, JsonNode? tree, JsonNode? agent, JsonNode? own, Dictionary<string, string> sources)
    {
        if (tree is JsonObject { Count: > 0 } fields)
        {
            foreach (var (name, value) in fields)
            {
                Name(JsonPath.Of(path, name), value, (agent as JsonObject)?[name], (own as JsonObject)?[name], sources);
            }
        }
        else
        {
            sources[path] = agent is not null ? ConfigSource.Agent : own is not null ? ConfigSource.Post : ConfigSource.Default;
        }
    }
}
