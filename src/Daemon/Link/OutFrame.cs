using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Agents.Daemon.Link;

/// <summary>A frame that waits to be sent. Id, time and signature are made when it goes, so that it may wait.</summary>
/// <param name="Sent">Called when the connection has taken it.</param>
internal sealed record OutFrame(string Type, byte[] Payload, Action? Sent = null)
{
    public static OutFrame Of<T>(string type, T payload, JsonTypeInfo<T> info, Action? sent = null) =>
        new(type, JsonSerializer.SerializeToUtf8Bytes(payload, info), sent);
}
