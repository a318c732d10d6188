using System.Buffers;
using System.Text.Json;

namespace Agents.Daemon.Redaction;

/// <summary>JSON without secrets: all texts in it, and the names.</summary>
internal static class RedactedJson
{
    public static JsonElement Of(JsonElement json, Redactor redactor)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new() { Encoder = DaemonJson.Wire.Options.Encoder, SkipValidation = true }))
        {
            Write(json, redactor, writer);
        }

        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(JsonElement json, Redactor redactor, Utf8JsonWriter writer)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in json.EnumerateObject())
                {
                    writer.WritePropertyName(redactor.Redact(field.Name));
                    Write(field.Value, redactor, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(item, redactor, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(redactor.Redact(json.GetString()!).Replace('\0', '\uFFFD'));
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                // A secret of digits alone is one in a number as well.
                var raw = json.GetRawText();
                if (redactor.Redact(raw) is var said && said != raw)
                {
                    writer.WriteStringValue(said);
                }
                else
                {
                    json.WriteTo(writer);
                }

                break;
        }
    }
}
