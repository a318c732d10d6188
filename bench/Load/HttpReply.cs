using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Agents.Bench.Load;

/// <summary>Finds the end of an HTTP/1.1 answer, and its status; the cheapest way to know that all of it has come. Pure.</summary>
internal static class HttpReply
{
    /// <summary>The length of the whole answer, or 0 where some of it is still to come.</summary>
    /// <exception cref="FormatException">This is no HTTP answer with a length.</exception>
    public static int LengthOf(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        var head = received[..(end + 2)];
        var body = end + 4;
        if (ValueOf(head, "\r\ncontent-length:"u8) is { IsEmpty: false } length)
        {
            var whole = body + Number(length, 'D');
            return whole <= received.Length ? whole : 0;
        }

        return ValueOf(head, "\r\ntransfer-encoding:"u8).SequenceEqual("chunked"u8)
            ? EndOfChunks(received, body)
            : throw new FormatException($"An answer without a length: {Encoding.ASCII.GetString(head)}");
    }

    public static int StatusOf(ReadOnlySpan<byte> received) => Number(received.Slice("HTTP/1.1 ".Length, 3), 'D');

    private static int EndOfChunks(ReadOnlySpan<byte> received, int at)
    {
        while (received[at..].IndexOf("\r\n"u8) is >= 0 and var line)
        {
            var size = Number(received.Slice(at, line), 'x');
            at += line + 2 + size + 2;
            if (at > received.Length)
            {
                return 0;
            }

            if (size == 0)
            {
                return at;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i + name.Length <= head.Length; i++)
        {
            if (head[i] == '\r' && Ascii.EqualsIgnoreCase(head.Slice(i, name.Length), name))
            {
                var rest = head[(i + name.Length)..];
                return rest[..rest.IndexOf("\r\n"u8)].Trim((byte)' ');
            }
        }

        return default;
    }

    private static int Number(ReadOnlySpan<byte> text, char format) =>
        Utf8Parser.TryParse(text, out int number, out var read, format) && read == text.Length && number >= 0
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{Encoding.ASCII.GetString(text)}' is no number."));
}
