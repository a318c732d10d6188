using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// A socket as a pair of pipes. What is written waits in a pipe of limited size: past the limit of the send options a
/// flush does not complete until the socket has caught up.
/// </summary>
public sealed partial class SocketConnection : IMeasuredDuplexPipe, IDisposable
{
    private readonly Pipe _toSocket;
    private readonly Pipe _fromSocket;
    private readonly string _name;
    private int _shutdownKind;
    private int _socketError;
    private long _bytesRead;
    private long _bytesSent;

    private SocketConnection(Socket socket, PipeOptions sendOptions, PipeOptions receiveOptions, string? name)
    {
        Socket = socket;
        _toSocket = new Pipe(sendOptions);
        _fromSocket = new Pipe(receiveOptions);
        _name = string.IsNullOrWhiteSpace(name) ? nameof(SocketConnection) : name.Trim();

        sendOptions.ReaderScheduler.Schedule(static state => _ = ((SocketConnection)state!).SendAsync(), this);
        receiveOptions.WriterScheduler.Schedule(static state => _ = ((SocketConnection)state!).ReceiveAsync(), this);
    }

    public Socket Socket { get; }

    public PipeReader Input => _fromSocket.Reader;

    public PipeWriter Output => _toSocket.Writer;

    public PipeShutdownKind ShutdownKind => (PipeShutdownKind)Volatile.Read(ref _shutdownKind);

    public SocketError SocketError => (SocketError)Volatile.Read(ref _socketError);

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public int LastReceived { get; private set; }

    long IMeasuredDuplexPipe.TotalBytesSent => BytesSent;

    long IMeasuredDuplexPipe.TotalBytesReceived => BytesRead;

    public static SocketConnection Create(
        Socket socket,
        PipeOptions? sendPipeOptions,
        PipeOptions? receivePipeOptions,
        SocketConnectionOptions socketConnectionOptions = SocketConnectionOptions.None,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(socket);

        return new(socket, sendPipeOptions ?? PipeOptions.Default, receivePipeOptions ?? PipeOptions.Default, name);
    }

    /// <summary>The genuine package checks its own dependencies here; this one has none.</summary>
    public static void AssertDependencies()
    {
    }

    public static void SetRecommendedClientOptions(Socket socket)
    {
        if (socket.AddressFamily is not AddressFamily.Unix)
        {
            // Requests are small and wait for answers; Nagle's algorithm would hold them back.
            socket.NoDelay = true;
        }
    }

    public bool TrySetProtocolShutdown(PipeShutdownKind kind) =>
        kind is PipeShutdownKind.ProtocolExitClient or PipeShutdownKind.ProtocolExitServer && TrySetShutdown(kind);

    public Counters GetCounters() => new(BytesAvailable(), LengthOf(_toSocket), LengthOf(_fromSocket));

    /// <summary>Both loops end with it, on whatever they wait.</summary>
    public void Dispose()
    {
        TrySetShutdown(PipeShutdownKind.PipeDisposed);
        ShutDown(SocketShutdown.Both);
        Socket.Dispose();
        _toSocket.Reader.CancelPendingRead();
        _fromSocket.Writer.CancelPendingFlush();
    }

    public override string ToString() => _name;

    private bool TrySetShutdown(PipeShutdownKind kind, SocketError _error = SocketError.Success)
    {
        var isFirst = Interlocked.CompareExchange(ref _shutdownKind, (int)kind, (int)PipeShutdownKind.None) == 0;
        if (isFirst)
        {
            Volatile.Write(ref _socketError, (int)_error);
        }

        return isFirst;
    }

    private int BytesAvailable()
    {
        try
        {
            return Socket.Available;
        }
        catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
        {
            return 0;
        }
    }

    // For the texts of time-outs. Pipe knows it and does not say it; a unit test notices if a runtime renames it.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Length")]
    private static extern long LengthOf(Pipe pipe);

    public readonly struct Counters
    {
        internal Counters(long available, long toBeSent, long toBeRead)
        {
            BytesAvailableOnSocket = available;
            BytesWaitingToBeSent = toBeSent;
            BytesWaitingToBeRead = toBeRead;
        }

        public long BytesAvailableOnSocket { get; }

        public long BytesWaitingToBeSent { get; }

        public long BytesWaitingToBeRead { get; }
    }
}
