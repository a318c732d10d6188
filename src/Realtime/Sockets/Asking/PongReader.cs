namespace Agents.Realtime.Sockets.Asking;

/// <summary>
/// Looks along as a client's frames come in, in whatever pieces, and finds the pongs that answer a question of ours: those with
/// eight bytes, a number. .NET's WebSocket keeps pongs to itself.
/// </summary>
internal struct PongReader
{
    private const int Pong = 0xA;
    private const int NumberBytes = 8;
    private const int LongestHeader = 14;

    private Header _header;
    private int _has;
    private int _needs;
    private long _length;
    private long _left;
    private ulong _number;

    /// <summary>The last number that these bytes complete; null where they complete none.</summary>
    public long? Read(ReadOnlySpan<byte> bytes)
    {
        long? answered = null;
        while (!bytes.IsEmpty)
        {
            if (_left == 0)
            {
                TakeHeader(bytes[0]);
                bytes = bytes[1..];
            }
            else
            {
                var part = bytes[..(int)Math.Min(_left, bytes.Length)];
                bytes = bytes[part.Length..];
                if (IsAnswer)
                {
                    TakeNumber(part);
                }

                _left -= part.Length;
                answered = _left == 0 && IsAnswer ? (long)_number : answered;
            }
        }

        return answered;
    }

    private readonly bool IsAnswer => (_header[0] & 0xF) == Pong && _length == NumberBytes;

    private readonly bool IsMasked => (_header[1] & 0x80) != 0;

    private void TakeHeader(byte one)
    {
        _header[_has++] = one;
        if (_has == 2)
        {
            _needs = 2 + LengthBytes + (IsMasked ? 4 : 0);
        }

        if (_has > 1 && _has == _needs)
        {
            (_left, _number, _has) = (LengthOf(), 0, 0);
            _length = _left;
        }
    }

    private readonly int LengthBytes => (_header[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };

    /// <summary>One that is longer than there are numbers the framework refuses, and nothing is read any more.</summary>
    private readonly long LengthOf()
    {
        if (LengthBytes == 0)
        {
            return _header[1] & 0x7F;
        }

        ulong length = 0;
        for (var i = 0; i < LengthBytes; i++)
        {
            length = (length << 8) | _header[2 + i];
        }

        return (long)Math.Min(length, long.MaxValue);
    }

    private void TakeNumber(ReadOnlySpan<byte> part)
    {
        var at = (int)(_length - _left);
        for (var i = 0; i < part.Length; i++)
        {
            var mask = IsMasked ? _header[2 + LengthBytes + ((at + i) & 3)] : 0;
            _number = (_number << 8) | (byte)(part[i] ^ mask);
        }
    }

    [System.Runtime.CompilerServices.InlineArray(LongestHeader)]
    private struct Header
    {
        private byte _first;
    }
}
