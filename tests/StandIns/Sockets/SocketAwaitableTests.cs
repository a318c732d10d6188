using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Agents.Tests.StandIns.Sockets;

public sealed class SocketAwaitableTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Operations_OneAfterTheOther_GiveTheirBytes()
    {
        using var listener = Listener();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var connecting = new SocketAwaitableEventArgs { RemoteEndPoint = listener.LocalEndPoint };
        Begin(connecting, client.ConnectAsync);
        Assert.Equal(0, await connecting);

        using var peer = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        using var args = new SocketAwaitableEventArgs(PipeScheduler.ThreadPool);
        args.SetBuffer(new byte[8]);
        for (var i = 1; i <= 3; i++)
        {
            Begin(args, client.ReceiveAsync);
            await peer.SendAsync(new byte[i], TestContext.Current.CancellationToken);
            Assert.Equal(i, await args);
        }
    }

    [Fact]
    public async Task Abort_WhileWaiting_EndsItOnce()
    {
        using var listener = Listener();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        using var args = new SocketAwaitableEventArgs(PipeScheduler.ThreadPool);
        args.SetBuffer(new byte[8]);
        Begin(args, client.ReceiveAsync);
        var waiting = Task.Run(async () => await args, TestContext.Current.CancellationToken);

        args.Abort(SocketError.TimedOut);
        args.Complete();

        var thrown = await Assert.ThrowsAsync<SocketException>(() => waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.TimedOut, thrown.SocketErrorCode);
        client.Dispose();
    }

    private static void Begin(SocketAwaitableEventArgs args, Func<SocketAsyncEventArgs, bool> begin)
    {
        if (!begin(args))
        {
            args.Complete();
        }
    }

    private static Socket Listener()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }
}
