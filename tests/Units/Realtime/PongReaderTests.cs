using System.Buffers.Binary;
using System.Net.WebSockets;
using Agents.Realtime.Sockets.Asking;

namespace Agents.Tests.Units.Realtime;

public sealed class PongReaderTests
{
    private const byte Text = 0x81;
    private const byte Part = 0x01;
    private const byte Rest = 0x80;
    private const byte Ping = 0x89;
    private const byte Pong = 0x8A;
    private const byte Close = 0x88;

    /// <summary>Every kind of header, and pongs between them: ours, empty ones, ones of another length.</summary>
    private static readonly byte[] Stream =
    [
        .. Frame(Text, 5), .. Frame(Pong, Number(1)), .. Frame(Text, 0), .. Frame(Text, 125), .. Frame(Text, 126), .. Frame(Pong, 0), .. Frame(Text, 300),
        .. Frame(Pong, Number(0x0123456789ABCDEF)), .. Frame(Part, 8), .. Frame(Pong, Number(3)), .. Frame(Rest, 8), .. Frame(Ping, 8), .. Frame(Pong, 7),
        .. Frame(Pong, 9), .. Frame(Text, 66_000), .. Frame(Pong, Number(4), masked: false), .. Frame(Pong, Number(5)), .. Frame(Close, 2),
    ];

    private static readonly long[] Answers = [1, 0x0123456789ABCDEF, 3, 4, 5];

    [Fact]
    public void Read_CutAtEveryByte_FindsOurPongsAlone()
    {
        for (var cut = 0; cut <= Stream.Length; cut++)
        {
            var reader = new PongReader();
            long?[] found = [reader.Read(Stream.AsSpan(0, cut)), reader.Read(Stream.AsSpan(cut))];

            // Of several within one piece the last says it all.
            var before = Answers.Take(Answers.TakeWhile((_, n) => EndOf(n) <= cut).Count()).ToList();
            Assert.Equal(before.Count > 0 ? before[^1] : null, found[0]);
            Assert.Equal(before.Count < Answers.Length ? Answers[^1] : null, found[1]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(13)]
    public void Read_InPiecesOfAFewBytes_FindsEachInItsOrder(int size)
    {
        var reader = new PongReader();

        Assert.Equal(Answers, Stream.Chunk(size).Select(piece => reader.Read(piece)).OfType<long>());
    }

    [Fact]
    public void Read_ALengthBeyondAllNumbers_IsNeverOver()
    {
        var reader = new PongReader();
        byte[] endless = [0x82, 0xFF, .. Enumerable.Repeat((byte)0xFF, 8), 1, 2, 3, 4];

        Assert.Null(reader.Read(endless));
        Assert.Null(reader.Read(Frame(Pong, Number(9))));
    }

    [Fact]
    public async Task AskingStream_BelowARealSocket_HearsTheAnswerOfARealClient()
    {
        var (near, far) = Pipes.Pair();
        var asking = new AskingStream(near);
        var heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        asking.Answered = heard.SetResult;
        using var server = WebSocket.CreateFromStream(asking, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        using var client = WebSocket.CreateFromStream(far, new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.Zero });
        var token = TestContext.Current.CancellationToken;

        await server.SendAsync("one"u8.ToArray(), WebSocketMessageType.Text, true, token);
        await asking.AskAsync(42);
        await server.SendAsync("two"u8.ToArray(), WebSocketMessageType.Text, true, token);
        var buffer = new byte[100];
        // The pong is sent by the client's reading, and read by the server's.
        Assert.Equal(3, (await client.ReceiveAsync(buffer.AsMemory(), token)).Count);
        Assert.Equal(3, (await client.ReceiveAsync(buffer.AsMemory(), token)).Count);
        var reading = server.ReceiveAsync(new byte[10].AsMemory(), token);

        Assert.Equal(42, await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), token));
        await client.SendAsync("three"u8.ToArray(), WebSocketMessageType.Text, true, token);
        Assert.Equal(5, (await reading).Count);
    }

    /// <summary>Where the frame of our answer ends.</summary>
    private static int EndOf(int answer)
    {
        var frame = Frame(Pong, Number(Answers[answer]), masked: Answers[answer] != 4);
        return Stream.AsSpan().IndexOf(frame) + frame.Length;
    }

    private static byte[] Number(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Frame(byte first, int length) => Frame(first, [.. Enumerable.Range(0, length).Select(n => (byte)n)]);

    private static byte[] Frame(byte first, byte[] payload, bool masked = true)
    {
        byte[] mask = [0x8A, 0x08, 0xF1, 0x33];
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)payload.Length],
            < 65_536 => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [127, 0, 0, 0, 0, 0, (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        length[0] |= (byte)(masked ? 0x80 : 0);
        return masked ? [first, .. length, .. mask, .. payload.Select((one, n) => (byte)(one ^ mask[n % 4]))] : [first, .. length, .. payload];
    }
}
