using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;

namespace Agents.Daemon.Link;

/// <summary>Makes the bytes of a frame, signed where the type wants it, over the very payload bytes that are sent.</summary>
internal sealed class Signer(ECDsa? key, ServerClock clock, TimeProvider time)
{
    /// <param name="id">What an error of the server refers to.</param>
    public ReadOnlyMemory<byte> Write(OutFrame frame, out string id)
    {
        id = Ids.New(time);
        var ts = clock.Now.ToUnixTimeSeconds();
        var bytes = new ArrayBufferWriter<byte>(frame.Payload.Length + 256);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", frame.Type);
        json.WriteNumber("ts", ts);
        json.WritePropertyName("payload");
        json.WriteRawValue(frame.Payload, skipInputValidation: true);
        if (key is not null && FrameSignature.IsWantedFor(frame.Type))
        {
            json.WriteString("sig", FrameSignature.Sign(key, id, frame.Type, ts, frame.Payload));
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
