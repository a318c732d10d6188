using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Posts;

/// <summary>A variable's value: a plain text, or the name of a secret, whose value is in no template.</summary>
[JsonConverter(typeof(VariableJson))]
public sealed record PostVariable(string? Plain, string? Secret = null);

public sealed class VariableJson : JsonConverter<PostVariable>
{
    private const string Wanted = """must be a text, or {"secret": "NAME"}""";

    public override PostVariable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return json.ValueKind switch
        {
            JsonValueKind.String => new(json.GetString()),
            JsonValueKind.Object when json.EnumerateObject().ToList() is [{ Name: "secret", Value: { ValueKind: JsonValueKind.String } name }] =>
                new(null, name.GetString()),
            _ => throw new JsonException(Wanted),
        };
    }

    public override void Write(Utf8JsonWriter writer, PostVariable value, JsonSerializerOptions options)
    {
        if (value.Secret is null)
        {
            writer.WriteStringValue(value.Plain);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("secret", value.Secret);
        writer.WriteEndObject();
    }
}
