using System.Net.WebSockets;
using Agents.Contracts.Realtime;

namespace Agents.Daemon.Link;

/// <summary>Frames as they go, one after the other: a WebSocket takes one at a time.</summary>
internal sealed class FrameWriter(WebSocket socket, Signer signer, SentFrames sent) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public Task SendAsync(OutFrame frame, CancellationToken cancellationToken, CancellationToken cut) => SendAsync(() => frame, cancellationToken, cut);

    /// <param name="make">Called when it is its turn: what it tells is true then, whatever went before it.</param>
    /// <param name="cancellationToken">Ends the wait for a turn.</param>
    /// <param name="cut">Ends the sending, and with it the socket.</param>
    public async Task SendAsync(Func<OutFrame> make, CancellationToken cancellationToken, CancellationToken cut)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var frame = make();
            var bytes = signer.Write(frame, out var id);
            if (frame.Type is not FrameType.Heartbeat)
            {
                sent.Goes(id, frame);
            }

            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cut);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Nothing can go after it, so the turn is kept.</summary>
    public async Task CloseAsync(string why, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, why, cancellationToken);
    }

    public void Dispose() => _turn.Dispose();
}
