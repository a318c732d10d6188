using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Scheduler;

/// <summary>How urgent: <c>urgent</c>, <c>high</c>, <c>normal</c> or <c>medium</c>, <c>low</c>, or any integer from -100 to 100.</summary>
[JsonConverter(typeof(PriorityJson))]
public readonly record struct Priority(int Value)
{
    public const int Min = -100;
    public const int Max = 100;

    public static Priority? Named(string name) => name switch
    {
        "urgent" => new(20),
        "high" => new(10),
        "normal" or "medium" => new(0),
        "low" => new(-10),
        _ => null,
    };

    public sealed class PriorityJson : JsonConverter<Priority>
    {
        public override Priority Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt32(out var value) && value is >= Min and <= Max => new(value),
            JsonTokenType.String when Named(reader.GetString()!) is { } named => named,
            _ => throw new JsonException($"must be urgent, high, normal, medium, low, or an integer from {Min} to {Max}"),
        };

        public override void Write(Utf8JsonWriter writer, Priority value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
