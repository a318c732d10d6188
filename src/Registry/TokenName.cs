using System.Buffers.Text;

namespace Agents.Registry;

/// <summary>A name for a token that tells it from others and tells nothing of it: the beginning of its hash.</summary>
internal static class TokenName
{
    private const int Bytes = 12;

    public static string Of(byte[] hash) => Base64Url.EncodeToString(hash.AsSpan(0, Math.Min(Bytes, hash.Length)));
}
