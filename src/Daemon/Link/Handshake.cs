using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Daemon.Config;
using Agents.Daemon.Server;

namespace Agents.Daemon.Link;

/// <summary>From nothing to a connection that the server has agreed to, or to why not.</summary>
internal static class Handshake
{
    public static async Task<(WebSocket? Socket, LinkEnd? End)> OpenAsync(
        ServerAddress server, ServerTrust trust, string deviceId, string deviceToken, CancellationToken cancellationToken)
    {
        // An open socket outlives what it was opened by.
        using var http = new HttpMessageInvoker(trust.NewHandler());
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {deviceToken}");
        socket.Options.CollectHttpResponseDetails = true;
        // Heartbeats keep it alive, and they prove more: that the server works, not only its socket.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            await socket.ConnectAsync(new Uri(server.Socket, $"ws?role=device&device_id={Uri.EscapeDataString(deviceId)}"), http, cancellationToken);
            return (socket, null);
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or OperationCanceledException)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            return (null, status switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(EndKind.Refused, $"the server answered {(int)status}"),
                0 => LinkEnd.Lost($"{server} can't be reached: {Refusals.Reason(e)}"),
                _ => LinkEnd.Lost($"{server} answered {(int)status} instead of opening a WebSocket{Hint(server)}"),
            });
        }
    }

    /// <summary>The server speaks first: its interval, then that it agrees.</summary>
    public static async Task<(AuthOk? Ok, LinkEnd? End)> AgreeAsync(WebSocket socket, FrameReader reader, CancellationToken cancellationToken)
    {
        while (await reader.NextAsync(cancellationToken) is { } frame)
        {
            switch (frame.Type)
            {
                case FrameType.AuthOk:
                    return Payload(frame, DaemonJson.Wire.AuthOk) is { } ok ? (ok, null) : (null, LinkEnd.Lost("the server's auth/ok can't be understood"));
                case FrameType.AuthError:
                    var error = Payload(frame, DaemonJson.Wire.AuthError);
                    // "Not just now" says nothing about the credential.
                    var passes = error?.Code is (int)ErrorCode.Unavailable or (int)ErrorCode.TooMany or (int)ErrorCode.Failed;
                    return (null, new(passes ? EndKind.Lost : EndKind.Refused, error?.Message ?? "the server gave no reason"));
            }
        }

        return (null, LinkEnd.Closed(socket.CloseStatus, socket.CloseStatusDescription, null));
    }

    /// <summary>Null where it is not as agreed.</summary>
    public static T? Payload<T>(Frame frame, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return frame.Payload.ValueKind is JsonValueKind.Object ? frame.Payload.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Hint(ServerAddress server) => server.Http.Port is 9090 ? ": 9090 is usually the gRPC port; the daemon wants the one that a browser uses, 8080" : "";
}
