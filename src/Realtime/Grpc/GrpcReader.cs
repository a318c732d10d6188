using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Agents.Realtime.Grpc;

/// <summary>
/// Messages of a stream: a byte that says whether it is compressed, four for the length, then that many. What has come
/// of a message is taken out of the pipe, since HTTP/2 sends more only for what was taken; while nothing comes no buffer is held.
/// </summary>
internal sealed class GrpcReader(PipeReader pipe)
{
    public const int MaxBytes = 4 * 1024 * 1024;
    public const int PrefixBytes = 5;

    private const int FirstBuffer = 16 * 1024;

    private byte[] _prefix = new byte[PrefixBytes];
    private byte[]? _message;
    private int _prefixHas;
    private int _has;
    private int _length;

    /// <summary>The next message, or null where the other side has finished.</summary>
    /// <exception cref="GrpcException">It is too long, compressed, or ends in its middle.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var left = read.Buffer;
            var message = Take(ref left);
            // What follows stays in the pipe, and is there at the next call.
            pipe.AdvanceTo(left.Start);
            if (message is not null)
            {
                return message;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                return _prefixHas == 0 ? null : throw new GrpcException(GrpcCode.Internal, "The stream ended in the middle of a message.");
            }
        }
    }

    private byte[]? Take(ref ReadOnlySequence<byte> left)
    {
        if (_prefixHas < PrefixBytes)
        {
            var more = (int)Math.Min(PrefixBytes - _prefixHas, left.Length);
            left.Slice(0, more).CopyTo(_prefix.AsSpan(_prefixHas));
            left = left.Slice(more);
            _prefixHas += more;
            if (_prefixHas < PrefixBytes)
            {
                return null;
            }

            Begin();
        }

        var part = (int)Math.Min(_length - _has, left.Length);
        if (_has + part > (_message?.Length ?? 0))
        {
            // As it comes, not as it is announced: a length costs the sender nothing.
            Array.Resize(ref _message, Math.Min(_length, Math.Max(FirstBuffer, (_has + part) * 2)));
        }

        left.Slice(0, part).CopyTo(_message.AsSpan(_has));
        left = left.Slice(part);
        _has += part;
        if (_has < _length)
        {
            return null;
        }

        var whole = _message is null ? [] : _message.Length == _length ? _message : _message[.._length];
        (_message, _has, _prefixHas) = (null, 0, 0);
        return whole;
    }

    private void Begin()
    {
        if (_prefix[0] != 0)
        {
            throw new GrpcException(GrpcCode.Unimplemented, "Compressed messages are not understood: grpc-encoding must be identity.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_prefix.AsSpan(1));
        _length = length <= MaxBytes
            ? (int)length
            : throw new GrpcException(GrpcCode.ResourceExhausted, $"A message of {length} bytes is longer than {MaxBytes}.");
    }
}
