using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Agents.Tests.StandIns.Sockets;

public sealed class SocketConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flush_PastTheLimit_WaitsForTheReader()
    {
        const int Total = 64_000_000, Chunk = 16_000;
        var (connection, peer) = await PairAsync(new PipeOptions(pauseWriterThreshold: 64_000, resumeWriterThreshold: 32_000));
        using var both = Together(connection, peer);
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var written = 0L;

        var writing = Task.Run(WriteAsync, Stop);
        await Task.WhenAny(waits.Task, writing).WaitAsync(Patience, Stop);
        Assert.False(writing.IsCompleted, "Everything was written, and nobody has read any of it.");

        for (var read = 0L; read < Total;)
        {
            read += await ReadAsync(peer, 1);
            Assert.InRange(Volatile.Read(ref written) - read, 0, 16_000_000);
        }

        await writing.WaitAsync(Patience, Stop);
        Assert.Equal(Total, connection.BytesSent);

        async Task WriteAsync()
        {
            while (written < Total)
            {
                connection.Output.Write(new byte[Chunk]);
                Interlocked.Add(ref written, Chunk);
                var flush = connection.Output.FlushAsync(Stop);
                if (!flush.IsCompleted)
                {
                    waits.TrySetResult();
                }

                await flush;
            }
        }
    }

    [Fact]
    public async Task PeerThatCloses_EndsTheInput()
    {
        var (connection, peer) = await PairAsync();
        using var both = Together(connection, peer);
        await peer.SendAsync("bye"u8.ToArray(), Stop);
        peer.Shutdown(SocketShutdown.Both);

        var read = await connection.Input.ReadAtLeastAsync(4, Stop).AsTask().WaitAsync(Patience, Stop);

        Assert.True(read.IsCompleted);
        Assert.Equal("bye"u8.ToArray(), read.Buffer.ToArray());
        Assert.Equal(PipeShutdownKind.ReadEndOfStream, connection.ShutdownKind);
        Assert.Equal((3, 0), (connection.BytesRead, connection.LastReceived));
        Assert.Equal(3, connection.GetCounters().BytesWaitingToBeRead);
    }

    [Fact]
    public async Task PeerThatResets_IsNamedAsTheCause()
    {
        var (connection, peer) = await PairAsync();
        using var both = Together(connection, peer);
        peer.LingerState = new LingerOption(enable: true, seconds: 0);
        peer.Close();

        var thrown = await Assert.ThrowsAsync<ConnectionResetException>(() => connection.Input.ReadAsync(Stop).AsTask().WaitAsync(Patience, Stop));

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(thrown.InnerException).SocketErrorCode);
        Assert.Equal((PipeShutdownKind.ReadSocketError, SocketError.ConnectionReset), (connection.ShutdownKind, connection.SocketError));
    }

    [Fact]
    public async Task Dispose_EndsWhatWaits()
    {
        var (connection, peer) = await PairAsync();
        using var both = Together(connection, peer);
        var reading = connection.Input.ReadAsync(Stop).AsTask();

        Assert.False(connection.TrySetProtocolShutdown(PipeShutdownKind.ReadException));
        Assert.True(connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        connection.Dispose();

        Assert.True((await reading.WaitAsync(Patience, Stop)).IsCompleted);
        Assert.True(await EndsAsync(peer));
        Assert.Equal(PipeShutdownKind.ProtocolExitClient, connection.ShutdownKind);
        Assert.Equal(0, connection.GetCounters().BytesAvailableOnSocket);
    }

    [Fact]
    public async Task Complete_SendsTheRest_AndShutsTheSendingHalf()
    {
        var (connection, peer) = await PairAsync();
        using var both = Together(connection, peer);
        connection.Output.Write(new byte[1_000_000]);

        await connection.Output.CompleteAsync();

        Assert.Equal(1_000_000, await ReadAsync(peer, long.MaxValue));
    }

    private static async Task<long> ReadAsync(Socket socket, long bytes)
    {
        var buffer = new byte[64 * 1024];
        var total = 0L;
        while (total < bytes && await socket.ReceiveAsync(buffer, Stop).AsTask().WaitAsync(Patience, Stop) is var received and > 0)
        {
            total += received;
        }

        return total;
    }

    /// <summary>With an end or with a reset: which of them a socket sends that is disposed while it receives is up to the system.</summary>
    private static async Task<bool> EndsAsync(Socket socket)
    {
        try
        {
            return await ReadAsync(socket, 1) == 0;
        }
        catch (SocketException reset)
        {
            return reset.SocketErrorCode is SocketError.ConnectionReset;
        }
    }

    private static async Task<(SocketConnection Connection, Socket Peer)> PairAsync(PipeOptions? sendOptions = null)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketConnection.SetRecommendedClientOptions(client);
        await client.ConnectAsync(listener.LocalEndPoint!, Stop);
        Assert.True(client.NoDelay);

        return (SocketConnection.Create(client, sendOptions, null), await listener.AcceptAsync(Stop));
    }

    private static Pair Together(SocketConnection connection, Socket peer) => new(connection, peer);

    private sealed record Pair(SocketConnection Connection, Socket Peer) : IDisposable
    {
        public void Dispose()
        {
            Connection.Dispose();
            Peer.Dispose();
        }
    }
}
