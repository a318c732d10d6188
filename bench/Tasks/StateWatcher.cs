using System.Diagnostics;
using System.Net.WebSockets;
using Agents.Contracts.Realtime;

namespace Agents.Bench.Tasks;

/// <summary>A person's page that sees every task: when the end of one stands in its socket.</summary>
internal sealed class StateWatcher : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private Action<Guid, long> _ended = (_, _) => { };

    public static async Task<StateWatcher> ConnectAsync(Uri gateway, string accessToken, Action<Guid, long> ended, CancellationToken cancellationToken)
    {
        var watcher = new StateWatcher { _ended = ended };
        watcher._socket.Options.SetRequestHeader("Authorization", $"Bearer {accessToken}");
        await watcher._socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = "/ws", Query = "role=client" }.Uri, cancellationToken);
        _ = watcher.ReadAsync();
        return watcher;
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[512 * 1024];
        var length = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } part)
            {
                length += part.Count;
                if (part.EndOfMessage)
                {
                    var now = Stopwatch.GetTimestamp();
                    if (TaskFrame.Read(buffer.AsSpan(0, length)) is { Type: FrameType.TaskState, IsDone: true } frame)
                    {
                        _ended(frame.Task, now);
                    }

                    length = 0;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            // Closed by us at the end, or lost: then an end is missed, and the wait for it has a limit.
        }
    }
}
