using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Dialects;

/// <summary>The outer fields of a frame, and where its payload stands in the bytes as they were sent. Pure.</summary>
internal readonly record struct EnvelopeParts(string? Id, string? Type, long Ts, string? Sig, Range Payload, Fault? Fault)
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    public ReadOnlySpan<byte> PayloadOf(ReadOnlySpan<byte> frame) => Payload.Equals(default) ? Nothing : frame[Payload];

    /// <exception cref="BadFrameException">It is not JSON.</exception>
    public static EnvelopeParts Read(ReadOnlySpan<byte> frame)
    {
        string? id = null, type = null, sig = null, wrong = null;
        var ts = 0L;
        Range payload = default;
        var json = new Utf8JsonReader(frame);
        try
        {
            json.Read();
            if (json.TokenType is not JsonTokenType.StartObject)
            {
                json.Skip();
                End(ref json);
                return new(null, null, 0, null, default, new(ErrorCode.Invalid, "A frame must be an object."));
            }

            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                var name = json.GetString();
                json.Read();
                switch (name)
                {
                    case "id" when json.TokenType is JsonTokenType.String && json.ValueSpan.Length <= Ids.MaxLength:
                        id = json.GetString();
                        break;
                    case "type" when json.TokenType is JsonTokenType.String && json.ValueSpan.Length <= Ids.MaxLength:
                        type = json.GetString();
                        break;
                    case "ts" when json.TokenType is JsonTokenType.Number && json.TryGetDouble(out var seconds) && Math.Abs(seconds) < 1e12:
                        ts = (long)seconds;
                        break;
                    case "sig" when json.TokenType is JsonTokenType.String && json.ValueSpan.Length <= 512:
                        sig = json.GetString();
                        break;
                    case "sig" or "id" or "payload" when json.TokenType is JsonTokenType.Null:
                        break;
                    case "payload" when json.TokenType is JsonTokenType.StartObject:
                        var start = (int)json.TokenStartIndex;
                        json.Skip();
                        payload = start..(int)json.BytesConsumed;
                        break;
                    case "id" or "type" or "sig":
                        wrong ??= $"{name} must be a text, and not a long one.";
                        json.Skip();
                        break;
                    case "ts":
                        wrong ??= "ts must be a number: seconds since 1970.";
                        json.Skip();
                        break;
                    case "payload":
                        wrong ??= "payload must be an object.";
                        json.Skip();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }

            End(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadFrameException(CloseCode.NotJson, "not JSON");
        }

        wrong ??= string.IsNullOrEmpty(type) ? "type is missing." : null;
        return new(id, type, ts, sig, payload, wrong is null ? null : new(ErrorCode.Invalid, wrong));
    }

    private static void End(ref Utf8JsonReader json)
    {
        if (json.Read())
        {
            throw new JsonException("More than one value.");
        }
    }
}
