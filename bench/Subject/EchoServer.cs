using System.Net;
using System.Net.Sockets;

namespace Agents.Bench.Subject;

/// <summary>Answers whatever comes with the same few bytes, on one thread: what the kernel's loopback and the load itself cost.</summary>
internal sealed class EchoServer : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nHealthy"u8.ToArray();

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Thread _thread;
    private volatile bool _stopping;

    public EchoServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new($"http://{_listener.LocalEndPoint}");
        _thread = new(Run) { IsBackground = true, Name = "echo" };
        _thread.Start();
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Run()
    {
        var open = new List<Socket> { _listener };
        var ready = new List<Socket>();
        var buffer = new byte[4096];
        while (!_stopping)
        {
            ready.Clear();
            ready.AddRange(open);
            Socket.Select(ready, null, null, 100_000);
            foreach (var socket in ready)
            {
                if (socket == _listener)
                {
                    open.Add(socket.Accept());
                }
                else if (Read(socket, buffer) > 0)
                {
                    socket.Send(Answer);
                }
                else
                {
                    open.Remove(socket);
                    socket.Dispose();
                }
            }
        }

        open.ForEach(socket => socket.Dispose());
    }

    private static int Read(Socket socket, byte[] buffer)
    {
        try
        {
            return socket.Receive(buffer);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
