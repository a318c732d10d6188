using System.Net.WebSockets;
using System.Text;
using Agents.Bench.Devices;

namespace Agents.Tests.Units.Bench;

public sealed class ClientFramesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    public async Task Text_OfAnyLength_IsReadByARealServer(int length)
    {
        var sent = new string('a', length);
        using var wire = new MemoryStream(ClientFrames.Text(Encoding.UTF8.GetBytes(sent)));
        using var server = WebSocket.CreateFromStream(wire, new WebSocketCreationOptions { IsServer = true });
        var buffer = new byte[70_000];
        var got = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await server.ReceiveAsync(buffer.AsMemory(got), TestContext.Current.CancellationToken);
            got += part.Count;
        }
        while (!part.EndOfMessage);

        Assert.Equal(WebSocketMessageType.Text, part.MessageType);
        Assert.Equal(sent, Encoding.UTF8.GetString(buffer, 0, got));
    }

    [Fact]
    public void Handshake_OfADevice_NamesItAndShowsItsToken()
    {
        var text = Encoding.ASCII.GetString(ClientFrames.Handshake(new("http://127.0.0.1:5000"), "d-1", "dt_1"));

        Assert.StartsWith("GET /ws?role=device&device_id=d-1 HTTP/1.1\r\nHost: 127.0.0.1:5000\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\nAuthorization: Bearer dt_1\r\n\r\n", text, StringComparison.Ordinal);
    }
}
