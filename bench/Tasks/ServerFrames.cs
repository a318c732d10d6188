using System.Buffers.Binary;

namespace Agents.Bench.Tasks;

/// <summary>Finds the frames in what a server sends on a WebSocket: unmasked, and each message in one frame. Pure.</summary>
internal static class ServerFrames
{
    private const int TwoByteLength = 126;
    private const int EightByteLength = 127;

    /// <summary>False where some of the first frame is still to come.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out ReadOnlySpan<byte> payload, out int frameLength)
    {
        payload = default;
        frameLength = 0;
        if (received.Length < 2)
        {
            return false;
        }

        var head = received[1] switch { TwoByteLength => 4, EightByteLength => 10, _ => 2 };
        if (received.Length < head)
        {
            return false;
        }

        var length = head switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(received[2..]),
            10 => checked((int)BinaryPrimitives.ReadUInt64BigEndian(received[2..])),
            _ => received[1],
        };
        if (received.Length - head < length)
        {
            return false;
        }

        payload = received.Slice(head, length);
        frameLength = head + length;
        return true;
    }
}
