using System.Security.Cryptography;
using System.Text;

namespace Agents.Daemon.Link;

/// <summary>A frame as a line of a file: a checksum of the rest, its type, its payload. Whatever is no whole line is passed over. Pure.</summary>
internal static class BacklogText
{
    private const int SumBytes = 8;
    private const int SumLength = 2 * SumBytes;

    public static byte[] Line(OutFrame frame)
    {
        // JSON has no line's end in it but where somebody wants it to look well.
        byte[] said = [.. Encoding.ASCII.GetBytes(frame.Type), (byte)' ', .. frame.Payload];
        return [.. Encoding.ASCII.GetBytes(SumOf(said)), (byte)' ', .. said, (byte)'\n'];
    }

    public static IReadOnlyList<OutFrame> Read(ReadOnlySpan<byte> file)
    {
        List<OutFrame> frames = [];
        for (int end; (end = file.IndexOf((byte)'\n')) >= 0; file = file[(end + 1)..])
        {
            if (FrameOf(file[..end]) is { } frame)
            {
                frames.Add(frame);
            }
        }

        return frames;
    }

    private static OutFrame? FrameOf(ReadOnlySpan<byte> line)
    {
        if (line.Length <= SumLength + 1 || line[SumLength] != ' ')
        {
            return null;
        }

        var said = line[(SumLength + 1)..];
        var type = said.IndexOf((byte)' ');
        return type > 0 && Encoding.ASCII.GetString(line[..SumLength]) == SumOf(said)
            ? new(Encoding.ASCII.GetString(said[..type]), said[(type + 1)..].ToArray())
            : null;
    }

    private static string SumOf(ReadOnlySpan<byte> said) => Convert.ToHexStringLower(SHA256.HashData(said).AsSpan(0, SumBytes));
}
