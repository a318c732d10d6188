using System.Buffers.Binary;

namespace Agents.Realtime.Sockets.Asking;

/// <summary>
/// The wire below a WebSocket, where the other end can be asked what it has received: by a ping of our own between two frames,
/// whose pong brings the number back. The framework writes each frame by one call, from whichever thread, so a lock around
/// the calls keeps the frames whole.
/// </summary>
internal sealed class AskingStream(Stream wire) : Stream
{
    /// <summary>The whole of a control frame with eight bytes, as a server sends it: without a mask.</summary>
    private const int PingBytes = 2 + sizeof(long);

    private readonly SemaphoreSlim _turns = new(1);
    private PongReader _pongs;

    public Action<long>? Answered { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public async ValueTask AskAsync(long number)
    {
        var ping = new byte[PingBytes];
        (ping[0], ping[1]) = (0x89, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(ping.AsSpan(2), number);
        await WriteAsync(ping, CancellationToken.None);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            await wire.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await wire.ReadAsync(buffer, cancellationToken);
        if (_pongs.Read(buffer.Span[..read]) is { } number)
        {
            Answered?.Invoke(number);
        }

        return read;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => wire.FlushAsync(cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => wire.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            wire.Dispose();
        }

        base.Dispose(disposing);
    }
}
