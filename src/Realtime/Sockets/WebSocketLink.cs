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

    public void Abort() => socket.Abort();
}
