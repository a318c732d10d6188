using System.Text.Json;

namespace Agents.Contracts.Realtime.Groups;

/// <summary>
/// What stands in the bytes that were signed: JSON, or, in seed 001's dialect, the group's id and the content with a line feed
/// between. What is not named in them is not signed. Pure.
/// </summary>
internal sealed record SignedText(string? GroupId, string? Content, string? AgentId, string? MessageId, string? ReplyTo, IReadOnlyList<string> Attachments, bool IsLines = false)
{
    private static readonly System.Text.UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null where it is neither.</summary>
    public static SignedText? Parse(byte[] payload)
    {
        try
        {
            return payload is [(byte)'{', ..] ? OfJson(payload) : OfLines(Strict.GetString(payload));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static SignedText? OfLines(string text) =>
        text.IndexOf('\n') is var end and >= 0 ? new(text[..end], text[(end + 1)..], null, null, null, [], IsLines: true) : null;

    private static SignedText OfJson(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        var root = json.RootElement;
        return new(
            Text(root, "group_id"), Text(root, "content"), Text(root, "agent_id"), Text(root, "message_id"), Text(root, "reply_to"),
            root.TryGetProperty("attachments", out var ids) && ids.ValueKind is JsonValueKind.Array ? [.. ids.EnumerateArray().Select(id => id.GetString() ?? "")] : []);
    }

    private static string? Text(JsonElement root, string field) =>
        root.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
