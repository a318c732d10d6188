using System.Buffers.Binary;

namespace System.IO.Hashing;

/// <summary>XXH3 for more than 240 bytes: eight lanes over stripes of 64 bytes, scrambled after each kilobyte.</summary>
internal static class XxHash3Long
{
    private const int Stripe = 64;
    private const int SecretPerStripe = 8;
    private const int StripesPerBlock = (XxHash3Secret.Length - Stripe) / SecretPerStripe;
    private const int Block = Stripe * StripesPerBlock;

    internal static ulong Hash(ReadOnlySpan<byte> source, ulong seed)
    {
        Span<byte> secret = stackalloc byte[XxHash3Secret.Length];
        DeriveSecret(secret, seed);
        Span<ulong> lanes =
        [
            XxHash3Secret.P32Of3, XxHash3Secret.P1, XxHash3Secret.P2, XxHash3Secret.P3,
            XxHash3Secret.P4, XxHash3Secret.P32Of2, XxHash3Secret.P5, XxHash3Secret.P32Of1,
        ];

        var length = source.Length;
        var last = source[^Stripe..];
        for (; source.Length > Block; source = source[Block..])
        {
            Accumulate(lanes, source, secret, StripesPerBlock);
            Scramble(lanes, secret[^Stripe..]);
        }

        Accumulate(lanes, source, secret, (source.Length - 1) / Stripe);
        AccumulateStripe(lanes, last, secret[^(Stripe + 7)..]);
        return Merge(lanes, secret[11..], (ulong)length * XxHash3Secret.P1);
    }

    private static void DeriveSecret(Span<byte> secret, ulong seed)
    {
        for (var at = 0; at < XxHash3Secret.Length; at += 16)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(secret[at..], XxHash3.Read64(XxHash3Secret.Default[at..]) + seed);
            BinaryPrimitives.WriteUInt64LittleEndian(secret[(at + 8)..], XxHash3.Read64(XxHash3Secret.Default[(at + 8)..]) - seed);
        }
    }

    private static void Accumulate(Span<ulong> lanes, ReadOnlySpan<byte> source, ReadOnlySpan<byte> secret, int stripes)
    {
        for (var i = 0; i < stripes; i++)
        {
            AccumulateStripe(lanes, source[(i * Stripe)..], secret[(i * SecretPerStripe)..]);
        }
    }

    private static void AccumulateStripe(Span<ulong> lanes, ReadOnlySpan<byte> source, ReadOnlySpan<byte> secret)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            var value = XxHash3.Read64(source[(i * 8)..]);
            var key = value ^ XxHash3.Read64(secret[(i * 8)..]);
            lanes[i ^ 1] += value;
            lanes[i] += (uint)key * (key >> 32);
        }
    }

    private static void Scramble(Span<ulong> lanes, ReadOnlySpan<byte> secret)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            lanes[i] = (lanes[i] ^ (lanes[i] >> 47) ^ XxHash3.Read64(secret[(i * 8)..])) * XxHash3Secret.P32Of1;
        }
    }

    private static ulong Merge(ReadOnlySpan<ulong> lanes, ReadOnlySpan<byte> secret, ulong hash)
    {
        for (var i = 0; i < lanes.Length; i += 2)
        {
            hash += XxHash3.Fold(lanes[i] ^ XxHash3.Read64(secret[(i * 8)..]), lanes[i + 1] ^ XxHash3.Read64(secret[((i * 8) + 8)..]));
        }

        return XxHash3.Avalanche(hash);
    }
}
