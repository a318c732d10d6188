namespace Agents.Daemon.Mcp;

/// <summary>What is read of a stream of lines, of which none may be without end: whoever sends one is cut off.</summary>
internal sealed class BoundedLines(Stream inner, int longest = BoundedLines.Longest) : Stream
{
    public const int Longest = 4 * 1024 * 1024;

    private int _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Count(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Count(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Count(ReadOnlySpan<byte> piece)
    {
        for (int end; (end = piece.IndexOf((byte)'\n')) >= 0; piece = piece[(end + 1)..])
        {
            Grow(end);
            _length = 0;
        }

        Grow(piece.Length);
    }

    private void Grow(int by)
    {
        _length += by;
        if (_length > longest)
        {
            throw new IOException($"A message is longer than {longest} bytes.");
        }
    }
}
