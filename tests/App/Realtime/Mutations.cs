using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Agents.Tests.App.Realtime;

/// <summary>Frames that nobody would send on purpose; the same ones for the same seed.</summary>
internal sealed class Mutations(int seed)
{
    private static readonly string[] Types =
        ["heartbeat", "agent/status", "agent/list", "agent/register", "device/update", "metrics", "group/message", "task/submit", "task/result", "auth/ok", "error", "", "constructor"];

    private static readonly string[] FlatTypes =
        ["register", "join_group", "leave_group", "message", "heartbeat", "task_accept", "task_progress", "task_result", "task_error", "agent_list", "error", "", "group/message"];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "-1e400", "99999999999999999999999999", "1e-400", "\"\"", "[]", "{}", "[[]]", "\"\\u0000\"", "\"\\ud800\"",
        "{\"agent_id\":\"a\",\"status\":\"busy\",\"running\":2147483648}", "{\"agents\":[{\"agent_id\":\"a\",\"running\":-1}]}", "{\"agents\":[null]}",
        "{\"points\":[{\"name\":\"cpu\",\"value\":1e308,\"ts\":1e308}]}", "{\"points\":[{\"name\":\"\",\"value\":1,\"labels\":{\"a\":null}}]}",
        "{\"capabilities\":[null],\"labels\":{\"\":\"\"}}", "{\"id\":\"../x\",\"name\":5}", "{\"id\":\"\",\"capabilities\":{}}",
    ];

    private readonly Random _random = new(seed);

    public (byte[] Bytes, WebSocketMessageType Type) Next() => _random.Next(100) switch
    {
        < 60 => (Text(Envelope()), WebSocketMessageType.Text),
        < 97 => (Altered(Text(Envelope())), WebSocketMessageType.Text),
        97 => (Text(Deep()), WebSocketMessageType.Text),
        98 => (Bytes(), WebSocketMessageType.Text),
        _ => (Bytes(), WebSocketMessageType.Binary),
    };

    /// <summary>Of seed 001's dialect.</summary>
    public (byte[] Bytes, WebSocketMessageType Type) NextFlat() => _random.Next(100) switch
    {
        < 60 => (Text(Flat()), WebSocketMessageType.Text),
        < 98 => (Altered(Text(Flat())), WebSocketMessageType.Text),
        98 => (Bytes(), WebSocketMessageType.Text),
        _ => (Bytes(), WebSocketMessageType.Binary),
    };

    /// <summary>The code that such a frame ends a connection with; null where it is answered, or done.</summary>
    public static int? Closes(byte[] frame, WebSocketMessageType type) => type is not WebSocketMessageType.Text ? 1003 : IsJson(frame) ? null : 1007;

    private static bool IsJson(byte[] frame)
    {
        try
        {
            // Names and values are only looked at for good UTF-8 when they are asked for.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(frame);
            using var json = JsonDocument.Parse(frame);
            // Half a surrogate is good JSON and no text; it matters where a text is read.
            return json.RootElement.ValueKind is not JsonValueKind.Object || json.RootElement.EnumerateObject().All(
                field => field.Name is not ("id" or "type" or "sig") || field.Value.ValueKind is not JsonValueKind.String || field.Value.GetString() is not null);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            return false;
        }
    }

    private string Envelope() =>
        $$"""{"id":{{Sometimes("\"fuzz\"")}},"type":{{Sometimes($"\"{One(Types)}\"")}},"ts":{{Sometimes("1733000000")}},"payload":{{One(Values)}},"sig":{{Sometimes("null")}}}""";

    /// <summary>No registration is a good one: it would be somebody's name for the rest of the frames.</summary>
    private string Flat() => One(FlatTypes) is "register"
        ? $$"""{"type":"register","id":{{Sometimes("\"fuzz\"")}},"ts":{{Sometimes("7")}},"agent":{"id":{{One(Values)}},"name":{{One(Values)}},"capabilities":{{One(Values)}} } }"""
        : $$"""{"type":{{Sometimes($"\"{One(FlatTypes)}\"")}},"group_id":{{One(Values)}},"content":{{One(Values)}},"task_id":{{One(Values)}},"attempt":{{One(Values)}},"running":{{One(Values)}},"data":{{One(Values)}},"id":{{Sometimes("\"fuzz\"")}}}""";

    private string Sometimes(string usual) => _random.Next(10) is 0 ? One(Values) : usual;

    private string Deep()
    {
        var depth = _random.Next(1, 2_000);
        return $$"""{"type":"heartbeat","payload":{{string.Concat(Enumerable.Repeat("{\"a\":[", depth))}}{{string.Concat(Enumerable.Repeat("]}", depth))}}}""";
    }

    /// <summary>Most of these still are JSON: a letter is another inside of a text.</summary>
    private byte[] Altered(byte[] frame)
    {
        var at = _random.Next(frame.Length);
        frame[at] = _random.Next(8) is 0 ? (byte)_random.Next(256) : char.IsAsciiLetterOrDigit((char)frame[at]) ? (byte)('a' + _random.Next(26)) : frame[at];
        return frame;
    }

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(1, 300)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string One(string[] of) => of[_random.Next(of.Length)];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
