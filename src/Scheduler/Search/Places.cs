using System.Buffers.Binary;
using System.Numerics;

namespace Agents.Scheduler.Search;

/// <summary>Which tasks of a block have a term: a bit for each, or where they are few the number of each. Pure.</summary>
internal sealed class Places
{
    public const int BlockSize = 4_096;

    private const int BitmapBytes = BlockSize / 8;

    private readonly ulong[] _bits = new ulong[BlockSize / 64];

    public bool IsEmpty => !_bits.AsSpan().ContainsAnyExcept(0ul);

    /// <param name="rising">Without repetition.</param>
    public static byte[] Pack(List<ushort> rising)
    {
        if (rising.Count * sizeof(ushort) < BitmapBytes)
        {
            var few = new byte[rising.Count * sizeof(ushort)];
            for (var n = 0; n < rising.Count; n++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(few.AsSpan(n * sizeof(ushort)), rising[n]);
            }

            return few;
        }

        var bitmap = new byte[BitmapBytes];
        foreach (var place in rising)
        {
            bitmap[place / 8] |= (byte)(1 << (place % 8));
        }

        return bitmap;
    }

    public static Places Of(ReadOnlySpan<byte> packed)
    {
        var places = new Places();
        if (packed.Length == BitmapBytes)
        {
            for (var n = 0; n < places._bits.Length; n++)
            {
                places._bits[n] = BinaryPrimitives.ReadUInt64LittleEndian(packed[(n * sizeof(ulong))..]);
            }
        }
        else
        {
            for (var n = 0; n < packed.Length; n += sizeof(ushort))
            {
                var place = BinaryPrimitives.ReadUInt16LittleEndian(packed[n..]);
                places._bits[place / 64] |= 1ul << (place % 64);
            }
        }

        return places;
    }

    public void And(Places other)
    {
        for (var n = 0; n < _bits.Length; n++)
        {
            _bits[n] &= other._bits[n];
        }
    }

    /// <summary>The highest first.</summary>
    public IEnumerable<int> Falling()
    {
        for (var n = _bits.Length - 1; n >= 0; n--)
        {
            for (var bits = _bits[n]; bits != 0;)
            {
                var bit = 63 - BitOperations.LeadingZeroCount(bits);
                bits &= ~(1ul << bit);
                yield return n * 64 + bit;
            }
        }
    }
}
