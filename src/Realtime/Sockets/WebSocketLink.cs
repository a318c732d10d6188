using System.Net.WebSockets;
using System.Text;
using Agents.Realtime.Hub;
using Agents.Realtime.Sockets.Asking;

namespace Agents.Realtime.Sockets;

/// <param name="wire">Below the socket, where it is one that can ask.</param>
internal sealed class WebSocketLink(WebSocket socket, AskingStream? wire = null) : ILink
{
    /// <summary>RFC 6455: a control frame has 125 bytes, two of them the code.</summary>
    private const int MaxReasonBytes = 123;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public bool CanAsk => wire is not null;

    public Action<long>? Answered
    {
        set => wire!.Answered = value;
    }

    /// <summary>The framework may have said its last word already, and nothing may come after that.</summary>
    public ValueTask AskAsync(long number) => socket.State is WebSocketState.Open ? wire!.AskAsync(number) : ValueTask.CompletedTask;

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
