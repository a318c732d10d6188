using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Posts;

/// <summary>What an agent knows how to do: a name alone, or with what it is to read about it and the tools that belong to it.</summary>
[JsonConverter(typeof(SkillJson))]
public sealed record PostSkill(string Name, string? Text = null, IReadOnlyList<string>? Tools = null)
{
    /// <summary>Written as a name alone, and read as one.</summary>
    [JsonIgnore]
    public bool IsPlain { get; init; }
}

public sealed class SkillJson : JsonConverter<PostSkill>
{
    private const string Wanted = "must be a name, or an object of name, text and tools";

    public override PostSkill Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        if (json.ValueKind is JsonValueKind.String)
        {
            return new(json.GetString()!) { IsPlain = true };
        }

        if (json.ValueKind is not JsonValueKind.Object)
        {
            throw new JsonException(Wanted);
        }

        var skill = new PostSkill("");
        foreach (var field in json.EnumerateObject())
        {
            skill = field switch
            {
                { Name: "name", Value.ValueKind: JsonValueKind.String } => skill with { Name = field.Value.GetString()! },
                { Name: "text", Value.ValueKind: JsonValueKind.String } => skill with { Text = field.Value.GetString() },
                { Name: "text" or "tools", Value.ValueKind: JsonValueKind.Null } => skill,
                { Name: "tools", Value.ValueKind: JsonValueKind.Array } => skill with { Tools = [.. field.Value.EnumerateArray().Select(Text)] },
                { Name: "name" or "text" or "tools" } => throw new JsonException($"{Wanted}: {field.Name} has the wrong type"),
                _ => throw new JsonException($"{Wanted}: {field.Name} is not known here"),
            };
        }

        return skill;
    }

    public override void Write(Utf8JsonWriter writer, PostSkill value, JsonSerializerOptions options)
    {
        if (value.IsPlain)
        {
            writer.WriteStringValue(value.Name);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("name", value.Name);
        if (value.Text is not null)
        {
            writer.WriteString("text", value.Text);
        }

        if (value.Tools is not null)
        {
            writer.WriteStartArray("tools");
            foreach (var tool in value.Tools)
            {
                writer.WriteStringValue(tool);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static string Text(JsonElement tool) =>
        tool.ValueKind is JsonValueKind.String ? tool.GetString()! : throw new JsonException($"{Wanted}: tools must be texts");
}
