using System.Text;
using Agents.Bench.Load;

namespace Agents.Tests.Units.Bench;

public sealed class HttpReplyTests
{
    private const string Chunked = "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n3\r\nabc\r\n0\r\n\r\n";
    private const string Counted = "HTTP/1.1 200 OK\r\nX-Content-Length: 99\r\nContent-Length: 7\r\nDate: now\r\n\r\nHealthy";
    private const string Empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData(Chunked)]
    [InlineData(Counted)]
    [InlineData(Empty)]
    public void LengthOf_ByteAfterByte_IsThereWithTheLastOne(string reply)
    {
        var bytes = Encoding.ASCII.GetBytes(reply);

        Assert.All(Enumerable.Range(0, bytes.Length), received => Assert.Equal(0, HttpReply.LengthOf(bytes.AsSpan(0, received))));
        Assert.Equal(bytes.Length, HttpReply.LengthOf(bytes));
    }

    [Fact]
    public void StatusOf_Reply_IsItsStatus() => Assert.Equal(404, HttpReply.StatusOf(Encoding.ASCII.GetBytes(Chunked)));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nDate: now\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    public void LengthOf_ReplyWithoutALength_IsRefused(string reply) =>
        Assert.Throws<FormatException>(() => HttpReply.LengthOf(Encoding.ASCII.GetBytes(reply)));
}
