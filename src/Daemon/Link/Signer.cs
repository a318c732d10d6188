using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;

namespace Agents.Daemon.Link;

/// <summary>Makes the bytes of a frame, signed where the type wants it, over the very payload bytes that are sent.</summary>
/// <param name="read">The key as it is now; null where there is none.</param>
internal sealed class Signer(Func<ECDsa?> read, ServerClock clock, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private ECDsa? _key;

    /// <summary>Before each connection: who enrolled again meanwhile may have another key.</summary>
    public void Renew()
    {
        var key = read();
        lock (_lock)
        {
            _key?.Dispose();
            _key = key;
        }
    }

    /// <summary>What goes another way than by the connection.</summary>
    public SignedBytes Sign(string type, ReadOnlySpan<byte> payload)
    {
        var (id, ts) = (Ids.New(time), clock.Now.ToUnixTimeSeconds());
        lock (_lock)
        {
            return new(id, ts, _key is null ? null : FrameSignature.Sign(_key, id, type, ts, payload));
        }
    }

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
        lock (_lock)
        {
            if (_key is not null && FrameSignature.IsWantedFor(frame.Type))
            {
                json.WriteString("sig", FrameSignature.Sign(_key, id, frame.Type, ts, frame.Payload));
            }
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    public void Dispose() => _key?.Dispose();
}

/// <param name="Signature">Null where this device has no key.</param>
internal sealed record SignedBytes(string Id, long Ts, string? Signature);
