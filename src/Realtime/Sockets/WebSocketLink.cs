using System.Net.WebSockets;
using System.Text;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Sockets;

internal sealed class WebSocketLink(WebSocket socket) : ILink
{
    /// <summary>RFC 6455: a control frame has 125 bytes, two of them the code.</summary>
    private const int MaxReasonBytes = 123;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public async ValueTask CloseAsync(int code, string reason)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            var shown = Encoding.UTF8.GetByteCount(reason) <= MaxReasonBytes ? reason : "";
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, shown, CancellationToken.None);
        }
    }

    /// <summary>What is no UTF-8 or breaks the protocol the framework answers by itself, and closes.</summary>
    public bool HasEnded => socket.State is WebSocketState.CloseSent or WebSocketState.Closed or WebSocketState.Aborted;

    public void Abort() => socket.Abort();
}
