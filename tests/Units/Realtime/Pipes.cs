using System.IO.Pipelines;

namespace Agents.Tests.Units.Realtime;

/// <summary>Two ends of one wire.</summary>
internal static class Pipes
{
    public static (Stream Near, Stream Far) Pair()
    {
        var (there, back) = (new Pipe(), new Pipe());
        return (new Duplex(back.Reader.AsStream(), there.Writer.AsStream()), new Duplex(there.Reader.AsStream(), back.Writer.AsStream()));
    }

    private sealed class Duplex(Stream reads, Stream writes) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reads.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => writes.WriteAsync(buffer, cancellationToken);

        public override void Flush() => writes.Flush();

        public override int Read(byte[] buffer, int offset, int count) => reads.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => writes.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
