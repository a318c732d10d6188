using System.Net.WebSockets;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;
using Agents.Realtime.Sockets.Asking;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Requests;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Sockets;

/// <summary>Lets a socket in and stays with it until it ends.</summary>
internal sealed partial class SocketDoor(
    Welcome welcome, Router router, Handshakes handshakes, TimeProvider time, IOptions<HubOptions> options, ILogger<SocketDoor> log)
{
    /// <summary>People's pages tell us by the protocol's own pings that they are there; devices and agents by heartbeats.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(30);

    public async Task ServeAsync(HttpContext context, IDialect dialect, Func<CancellationToken, Task<Peer>> admit)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            await EnvelopeWriter.WriteAsync(context, ErrorCode.Invalid, "This is a WebSocket: connect with ws:// or wss://.", status: StatusCodes.Status426UpgradeRequired);
            return;
        }

        // The gateway has settled it; the pipeline that would take it over is not passed.
        context.TraceIdentifier = context.Request.Headers[RequestId.Header] is [{ Length: > 0 } id] ? id : context.TraceIdentifier;
        Peer? peer = null;
        var refusal = default(Refusal);
        try
        {
            peer = await handshakes.DoAsync(admit, context.RequestAborted);
        }
        catch (RefusedException e)
        {
            refusal = e.Refusal;
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.CannotAsk(log, e.Message);
            refusal = new(ErrorCode.Unavailable, "It cannot be checked for the moment who you are. Try again soon.");
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(peer is PersonPeer
            ? new WebSocketAcceptContext { KeepAliveInterval = PingEvery, KeepAliveTimeout = PingEvery }
            : new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero });
        if (peer is null)
        {
            await RefuseAsync(socket, dialect, refusal!);
            return;
        }

        admit = null!;
        Forget(context);
        var connection = await welcome.OpenAsync(peer, dialect, new WebSocketLink(socket, context.Features.Get<AskingUpgrade>()?.Stream), context.RequestAborted);
        try
        {
            var perSecond = peer is DevicePeer ? options.Value.DeviceFramesPerSecond : options.Value.FramesPerSecond;
            await new SocketReader(socket, connection, router, perSecond, time).RunAsync(context.RequestAborted);
        }
        finally
        {
            welcome.End(connection);
            connection.Close(CloseCode.GoingAway, "");
            await connection.EndAsync();
        }
    }

    /// <summary>A socket stays for hours, and what its handshake brought along would stay with it: headers, query, credentials.</summary>
    private static void Forget(HttpContext context)
    {
        context.Request.Headers.Clear();
        context.Request.Query = QueryCollection.Empty;
    }

    private async Task RefuseAsync(WebSocket socket, IDialect dialect, Refusal refusal)
    {
        using var limit = new CancellationTokenSource(options.Value.SendLimit, time);
        try
        {
            if (dialect.Encode(refusal.ToMessage()) is { } frame)
            {
                await socket.SendAsync(frame, WebSocketMessageType.Text, true, limit.Token);
            }

            await socket.CloseAsync((WebSocketCloseStatus)refusal.CloseCode, refusal.Message, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A handshake could not be checked: {Reason}")]
        public static partial void CannotAsk(ILogger log, string reason);
    }
}
