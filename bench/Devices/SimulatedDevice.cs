using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Agents.Bench.Devices;

/// <summary>A device that is there and does nothing: a bare socket, because ten thousand of a WebSocket library would be a measurement of that.</summary>
internal sealed class SimulatedDevice(DeviceName name) : IDisposable
{
    private const int MostHead = 4096;

    /// <summary>Nobody reads what lands here, so all devices may write into it at once.</summary>
    private static readonly byte[] Scrap = new byte[16 * 1024];

    /// <summary>Longer than a frame is that is listened for.</summary>
    private const int Listened = 4096;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private volatile string _status = "idle";

    public DeviceName Name => name;

    /// <summary>What comes is looked at; else it is thrown away unread.</summary>
    public Action<ReadOnlySpan<byte>>? Heard { get; set; }

    /// <summary>The server ended it.</summary>
    public bool IsLost { get; private set; }

    public async Task ConnectAsync(Uri server, IPAddress from, CancellationToken cancellationToken)
    {
        _socket.Bind(new IPEndPoint(from, 0));
        // Not by its name: `localhost` may be ::1, which an address to come from of 127.0.0.0/8 can't reach.
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), cancellationToken);
        await _socket.SendAsync(ClientFrames.Handshake(server, name.DeviceId, name.Token), cancellationToken);
        var head = new byte[MostHead];
        for (var length = 0; head.AsSpan(0, length).IndexOf(ClientFrames.EndOfHead) < 0;)
        {
            var read = await _socket.ReceiveAsync(head.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 || !head.AsSpan().StartsWith(ClientFrames.Accepted))
            {
                throw new InvalidOperationException($"{name.DeviceId} was not let in: {Encoding.ASCII.GetString(head, 0, length)}");
            }
        }

        _ = DrainAsync();
    }

    public ValueTask<int> BeatAsync(CancellationToken cancellationToken) => SendAsync(ClientFrames.Heartbeat(name.AgentId, _status), cancellationToken);

    /// <summary>Its agent has work from now on, as its heartbeats say too.</summary>
    public ValueTask<int> TurnBusyAsync(CancellationToken cancellationToken)
    {
        _status = "busy";
        return SendAsync(ClientFrames.Status(name.AgentId, _status), cancellationToken);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>There is always room: nothing but this is on the connection.</summary>
    private ValueTask<int> SendAsync(byte[] frame, CancellationToken cancellationToken) =>
        IsLost ? new(0) : _socket.SendAsync(frame, cancellationToken);

    private async Task DrainAsync()
    {
        try
        {
            var own = Heard is null ? Scrap : new byte[Listened];
            while (await _socket.ReceiveAsync(own) is var read and > 0)
            {
                Heard?.Invoke(own.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Reset by the server, or closed by us at the end.
        }

        IsLost = true;
    }
}
