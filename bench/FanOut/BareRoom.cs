using System.Net;
using System.Net.Sockets;

namespace Agents.Bench.FanOut;

/// <summary>The least that a room could do: the same bytes to as many bare sockets, one after the other, stored nowhere.</summary>
internal sealed class BareRoom : IDisposable
{
    private readonly List<Socket> _there = [];
    private readonly List<Socket> _readers = [];

    public static async Task<BareRoom> OpenAsync(int count, Action heard, CancellationToken cancellationToken)
    {
        var room = new BareRoom();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        for (var n = 0; n < count; n++)
        {
            var reader = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            room._readers.Add(reader);
            await reader.ConnectAsync(listener.LocalEndPoint!, cancellationToken);
            room._there.Add(await listener.AcceptAsync(cancellationToken));
            room._there[^1].NoDelay = true;
            _ = ReadAsync(reader, heard);
        }

        return room;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        foreach (var socket in _there)
        {
            await socket.SendAsync(frame, cancellationToken);
        }
    }

    public void Dispose()
    {
        _there.ForEach(socket => socket.Dispose());
        _readers.ForEach(socket => socket.Dispose());
    }

    private static async Task ReadAsync(Socket socket, Action heard)
    {
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                heard();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed by us at the end.
        }
    }
}
