using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Agents.Tests.App.Gateway;

/// <summary>Sockets and gRPC pass through as they are: frames, streams both ways at once, trailers.</summary>
public sealed class StreamTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "A WebSocket goes through: texts, a big binary frame, the close code of the other side")]
    public async Task WebSockets()
    {
        await using var gateway = await GatewayAlone.StartAsync(EchoSocket);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new($"ws://127.0.0.1:{gateway.Port}/ws?role=client&token=secret"), Cancelled);

        foreach (var message in new[] { "héllo 王", new string('x', 200_000) })
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Cancelled);
            Assert.Equal(message, await ReceiveAsync(socket));
        }

        await socket.SendAsync("close"u8.ToArray(), WebSocketMessageType.Text, true, Cancelled);
        await ReceiveAsync(socket);
        Assert.Equal(4409, (int)socket.CloseStatus!);
    }

    [Fact(DisplayName = "A gRPC stream goes through in clear text HTTP/2: answers before the request has ended, trailers at the end")]
    public async Task Grpc()
    {
        await using var gateway = await GatewayAlone.StartAsync(EchoStream);
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var (sent, body) = (new TaskCompletionSource<Stream>(), new TaskCompletionSource());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{gateway.GrpcPort}/proto.AgentService/Connect")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new Duplex(sent, body.Task),
            Headers = { { "te", "trailers" } },
        };
        var answering = http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        var up = await sent.Task.WaitAsync(Cancelled);

        var frame = new byte[] { 0, 0, 0, 0, 2, 8, 1 };
        await up.WriteAsync(frame, Cancelled);
        await up.FlushAsync(Cancelled);
        using var response = await answering;
        var down = await response.Content.ReadAsStreamAsync(Cancelled);
        var echoed = new byte[frame.Length];
        await down.ReadExactlyAsync(echoed, Cancelled);
        body.SetResult();
        Assert.Equal(0, await down.ReadAsync(echoed, Cancelled));

        Assert.Equal(frame, echoed);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    private static void EchoSocket(WebApplication app) => app.Map("/ws", async (HttpContext context) =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        while (await ReceiveAsync(socket) is { } text)
        {
            if (text is "close")
            {
                await socket.CloseAsync((WebSocketCloseStatus)4409, "replaced", context.RequestAborted);
                return;
            }

            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, context.RequestAborted);
        }
    });

    private static void EchoStream(WebApplication app) => app.MapPost("/proto.AgentService/Connect", async (HttpContext context) =>
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        var buffer = new byte[1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        context.Response.AppendTrailer("grpc-status", "0");
    });

    private static async Task<string?> ReceiveAsync(WebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    /// <summary>A request body that is written by hand while the answer is read.</summary>
    private sealed class Duplex : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _opened;
        private readonly Task _done;

        public Duplex(TaskCompletionSource<Stream> opened, Task done)
        {
            (_opened, _done) = (opened, done);
            // The proxy passes each frame on at once because of it.
            Headers.ContentType = new("application/grpc");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _opened.SetResult(stream);
            await _done.WaitAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
