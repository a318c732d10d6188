using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Contracts.Posts;

/// <summary>Templates as JSON that comes from elsewhere than a typed request: a file, or what an agent has otherwise.</summary>
public static class TemplateJson
{
    /// <summary>An answer nests it deeper, and has an end as well.</summary>
    private const int MaxDepth = 32;

    /// <summary>As it is stored and answered: what is null is not there.</summary>
    public static string Write(PostTemplate template) => JsonSerializer.Serialize(template, WireJson.Options);

    public static PostTemplate Read(string stored) => JsonSerializer.Deserialize<PostTemplate>(stored, WireJson.Options)!;

    /// <summary>Null where it is none; then the problems tell why.</summary>
    public static PostTemplate? Read(JsonNode? json, string at, Problems problems)
    {
        if (json is not JsonObject)
        {
            problems.Add(at, "must be an object");
            return null;
        }

        try
        {
            return json.Deserialize<PostTemplate>(WireJson.Options);
        }
        catch (JsonException e)
        {
            problems.Add(At(at, e.Path), e.Message.StartsWith("must be ", StringComparison.Ordinal) ? e.Message : "has the wrong type or value");
            return null;
        }
    }

    /// <summary>The same as a tree to work on. Of a name that comes twice the last counts, as everywhere. Null where it is too deep.</summary>
    public static JsonNode? Tree(JsonElement json, int depth = 0) => json.ValueKind switch
    {
        _ when depth > MaxDepth => null,
        JsonValueKind.Object => json.EnumerateObject().Aggregate(new JsonObject(), (tree, field) =>
        {
            tree[field.Name] = Tree(field.Value, depth + 1);
            return tree;
        }),
        JsonValueKind.Array => new JsonArray([.. json.EnumerateArray().Select(item => Tree(item, depth + 1))]),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        // Now, so that half a character is found here and not by whoever reads it later.
        JsonValueKind.String => JsonValue.Create(json.GetString()),
        _ => JsonValue.Create(json),
    };

    /// <summary>Without the names whose values are to be taken away. A field may be null as it is, and a field that is not known is found by its name.</summary>
    public static JsonObject WithoutTakenAway(JsonObject overrides)
    {
        var kept = (JsonObject)overrides.DeepClone();
        foreach (var names in new[] { kept["environment"], kept["tools"], (kept["requires"] as JsonObject)?["labels"] }.OfType<JsonObject>())
        {
            foreach (var name in names.Where(value => value.Value is null).Select(value => value.Key).ToList())
            {
                names.Remove(name);
            }
        }

        return kept;
    }

    private static string At(string at, string? path) => path is null or "$" ? at : at + path[1..];
}
