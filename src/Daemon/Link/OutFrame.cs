using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Agents.Daemon.Link;

/// <summary>A frame that waits to be sent. Id, time and signature are made when it goes, so that it may wait.</summary>
/// <param name="Sent">Called when the connection has taken it.</param>
/// <param name="Refused">Called when the server could not take it just then; without it the same frame goes again.</param>
/// <param name="Wrong">Called with the server's words when it says that the frame is wrong in itself.</param>
internal sealed record OutFrame(string Type, byte[] Payload, Action? Sent = null, Action? Refused = null, Action<string>? Wrong = null)
{
    public static OutFrame Of<T>(string type, T payload, JsonTypeInfo<T> info, Action? sent = null, Action? refused = null) =>
        new(type, JsonSerializer.SerializeToUtf8Bytes(payload, info), sent, refused);
}
