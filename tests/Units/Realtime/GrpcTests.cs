using System.Buffers.Binary;
using System.IO.Pipelines;
using Agents.Realtime.Grpc;

namespace Agents.Tests.Units.Realtime;

public sealed class GrpcTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("5S", 5.0)]
    [InlineData("100m", 0.1)]
    [InlineData("2M", 120.0)]
    [InlineData("1H", 3600.0)]
    [InlineData("99999999H", 24 * 86400.0)]
    [InlineData("5", null)]
    [InlineData("-5S", null)]
    [InlineData("123456789S", null)]
    [InlineData("5x", null)]
    [InlineData(null, null)]
    public void Timeout_Header_IsSo(string? header, double? seconds) => Assert.Equal(seconds, GrpcTimeout.Parse(header)?.TotalSeconds);

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("100 %", "100 %25")]
    [InlineData("é\n", "%C3%A9%0A")]
    public void Escaped_Message_IsPlainAscii(string message, string escaped) => Assert.Equal(escaped, GrpcStatus.Escaped(message));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(70_000)]
    public async Task Read_MessagesInPiecesOfAnySize_ComeWhole(int piece)
    {
        var pipe = new Pipe();
        byte[][] sent = [[1, 2, 3], [], new byte[100_000], [4]];
        var reading = ReadAllAsync(pipe.Reader);
        foreach (var part in sent.SelectMany(Framed).Chunk(piece))
        {
            await pipe.Writer.WriteAsync(part, Cancelled);
        }

        await pipe.Writer.CompleteAsync();

        Assert.Equal(sent, await reading);
    }

    [Fact]
    public async Task Read_StreamThatEndsInAMessage_IsAnError()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Framed([1, 2, 3])[..6], Cancelled);
        await pipe.Writer.CompleteAsync();

        Assert.Equal(GrpcCode.Internal, (await Assert.ThrowsAsync<GrpcException>(() => ReadAllAsync(pipe.Reader))).Status.Code);
    }

    [Theory]
    [InlineData(0, 4 * 1024 * 1024 + 1, GrpcCode.ResourceExhausted)]
    [InlineData(0, uint.MaxValue, GrpcCode.ResourceExhausted)]
    [InlineData(1, 5, GrpcCode.Unimplemented)]
    internal async Task Read_LongOrCompressed_IsRefusedByItsPrefix(byte compressed, uint length, GrpcCode code)
    {
        var pipe = new Pipe();
        var prefix = new byte[GrpcReader.PrefixBytes];
        prefix[0] = compressed;
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(1), length);
        await pipe.Writer.WriteAsync(prefix, Cancelled);

        Assert.Equal(code, (await Assert.ThrowsAsync<GrpcException>(() => ReadAllAsync(pipe.Reader))).Status.Code);
    }

    private static async Task<List<byte[]>> ReadAllAsync(PipeReader pipe)
    {
        var reader = new GrpcReader(pipe);
        List<byte[]> messages = [];
        while (await reader.ReadAsync(Cancelled) is { } message)
        {
            messages.Add(message);
        }

        return messages;
    }

    private static byte[] Framed(byte[] message)
    {
        var frame = new byte[GrpcReader.PrefixBytes + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, GrpcReader.PrefixBytes);
        return frame;
    }
}
