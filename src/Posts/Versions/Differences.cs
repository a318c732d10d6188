using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Posts;

namespace Agents.Posts.Versions;

/// <summary>What is another in two trees: objects by name, lists place by place. Pure.</summary>
internal static class Differences
{
    public static IReadOnlyList<PostDifference> Between(JsonNode? from, JsonNode? to) => [.. Between("", from, to)];

    private static IEnumerable<PostDifference> Between(string path, JsonNode? from, JsonNode? to) => (from, to) switch
    {
        (JsonObject before, JsonObject after) => before.Select(field => field.Key)
            .Union(after.Select(field => field.Key))
            .SelectMany(name => Between(JsonPath.Of(path, name), before[name], after[name])),
        (JsonArray before, JsonArray after) => Enumerable.Range(0, Math.Max(before.Count, after.Count))
            .SelectMany(i => Between(JsonPath.Of(path, i), before.ElementAtOrDefault(i), after.ElementAtOrDefault(i))),
        _ => JsonNode.DeepEquals(from, to) ? [] : [new(path, Element(from), Element(to))],
    };

    private static JsonElement? Element(JsonNode? node) => node?.Deserialize<JsonElement>(WireJson.Options);
}
