using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

/// <summary>XXH3 with 64 bits, in one call, by the published specification; without vector instructions.</summary>
public static class XxHash3
{
    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0) => source.Length switch
    {
        0 => XxHash64.Avalanche((ulong)seed ^ Secret(56) ^ Secret(64)),
        <= 3 => UpTo3(source, (ulong)seed),
        <= 8 => UpTo8(source, (ulong)seed),
        <= 16 => UpTo16(source, (ulong)seed),
        <= 128 => UpTo128(source, (ulong)seed),
        <= 240 => UpTo240(source, (ulong)seed),
        _ => XxHash3Long.Hash(source, (ulong)seed),
    };

    private static ulong UpTo3(ReadOnlySpan<byte> source, ulong seed)
    {
        var combined = ((uint)source[0] << 16) | ((uint)source[source.Length >> 1] << 24) | source[^1] | ((uint)source.Length << 8);
        var flip = (Read32(XxHash3Secret.Default) ^ Read32(XxHash3Secret.Default[4..])) + seed;
        return XxHash64.Avalanche(combined ^ flip);
    }

    private static ulong UpTo8(ReadOnlySpan<byte> source, ulong seed)
    {
        seed ^= (ulong)BinaryPrimitives.ReverseEndianness((uint)seed) << 32;
        var combined = Read32(source[^4..]) + ((ulong)Read32(source) << 32);
        var value = combined ^ ((Secret(8) ^ Secret(16)) - seed);

        value ^= BitOperations.RotateLeft(value, 49) ^ BitOperations.RotateLeft(value, 24);
        value *= 0x9FB21C651E98DF25;
        value ^= (value >> 35) + (ulong)source.Length;
        value *= 0x9FB21C651E98DF25;
        return value ^ (value >> 28);
    }

    private static ulong UpTo16(ReadOnlySpan<byte> source, ulong seed)
    {
        var low = ((Secret(24) ^ Secret(32)) + seed) ^ Read64(source);
        var high = ((Secret(40) ^ Secret(48)) - seed) ^ Read64(source[^8..]);
        return Avalanche((ulong)source.Length + BinaryPrimitives.ReverseEndianness(low) + high + Fold(low, high));
    }

    private static ulong UpTo128(ReadOnlySpan<byte> source, ulong seed)
    {
        var hash = (ulong)source.Length * XxHash3Secret.P1;
        for (var i = (source.Length - 1) / 32; i >= 0; i--)
        {
            hash += Mix(source[(16 * i)..], 32 * i, seed) + Mix(source[^(16 * (i + 1))..], (32 * i) + 16, seed);
        }

        return Avalanche(hash);
    }

    private static ulong UpTo240(ReadOnlySpan<byte> source, ulong seed)
    {
        var hash = (ulong)source.Length * XxHash3Secret.P1;
        for (var i = 0; i < 8; i++)
        {
            hash += Mix(source[(16 * i)..], 16 * i, seed);
        }

        hash = Avalanche(hash);
        for (var i = 8; i < source.Length / 16; i++)
        {
            hash += Mix(source[(16 * i)..], (16 * (i - 8)) + 3, seed);
        }

        return Avalanche(hash + Mix(source[^16..], 136 - 17, seed));
    }

    internal static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 37)) * 0x165667919E3779F9;
        return hash ^ (hash >> 32);
    }

    internal static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return low ^ high;
    }

    internal static ulong Read64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong Secret(int at) => Read64(XxHash3Secret.Default[at..]);

    private static ulong Mix(ReadOnlySpan<byte> source, int secretAt, ulong seed) =>
        Fold(Read64(source) ^ (Secret(secretAt) + seed), Read64(source[8..]) ^ (Secret(secretAt + 8) - seed));
}
