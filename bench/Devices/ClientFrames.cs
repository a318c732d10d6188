using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Bench.Devices;

/// <summary>What a device says on the wire, byte by byte. Pure but for the random numbers that RFC 6455 asks for.</summary>
internal static class ClientFrames
{
    private const int MaskLength = 4;
    private const byte FinalText = 0x81;
    private const byte Masked = 0x80;
    private const byte TwoByteLength = 126;

    public static ReadOnlySpan<byte> Accepted => "HTTP/1.1 101 "u8;

    public static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    public static byte[] Handshake(Uri server, string deviceId, string token) => Encoding.ASCII.GetBytes(
        $"GET /ws?role=device&device_id={deviceId} HTTP/1.1\r\n"
        + $"Host: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + $"Sec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\nAuthorization: Bearer {token}\r\n\r\n");

    public static byte[] Heartbeat(string agentId, string status) =>
        Envelope("heartbeat", $$"""{"agents":[{"agent_id":"{{agentId}}","status":"{{status}}"}],"load":0.1}""");

    public static byte[] Status(string agentId, string status) =>
        Envelope("agent/status", $$"""{"agent_id":"{{agentId}}","status":"{{status}}"}""");

    /// <summary>One text frame with a mask, up to 65,535 bytes.</summary>
    public static byte[] Text(ReadOnlySpan<byte> payload)
    {
        var headLength = payload.Length < TwoByteLength ? 2 : 4;
        var frame = new byte[headLength + MaskLength + payload.Length];
        frame[0] = FinalText;
        if (headLength == 2)
        {
            frame[1] = (byte)(Masked | payload.Length);
        }
        else
        {
            frame[1] = Masked | TwoByteLength;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        }

        var mask = frame.AsSpan(headLength, MaskLength);
        RandomNumberGenerator.Fill(mask);
        for (var i = 0; i < payload.Length; i++)
        {
            frame[headLength + MaskLength + i] = (byte)(payload[i] ^ mask[i % MaskLength]);
        }

        return frame;
    }

    private static byte[] Envelope(string type, string payload) => Text(Encoding.UTF8.GetBytes(
        $$"""{"id":"{{Guid.NewGuid()}}","type":"{{type}}","ts":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}},"payload":{{payload}}}"""));
}
