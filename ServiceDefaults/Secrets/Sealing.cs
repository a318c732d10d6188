using System.Security.Cryptography;
using System.Text;

namespace Agents.ServiceDefaults.Secrets;

/// <summary>
/// AES-256-GCM: a random nonce, what was encrypted, the tag. The purpose is bound in, so that what was sealed for one place
/// can't be opened in another.
/// </summary>
public static class Sealing
{
    public const int KeyLength = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, string purpose)
    {
        var whole = new byte[NonceLength + plain.Length + TagLength];
        var nonce = whole.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, whole.AsSpan(NonceLength, plain.Length), whole.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(purpose));
        return whole;
    }

    /// <exception cref="CryptographicException">Sealed with another key, for another purpose, or damaged.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> whole, string purpose)
    {
        if (whole.Length < NonceLength + TagLength)
        {
            throw new AuthenticationTagMismatchException("Too short to have been sealed.");
        }

        var plain = new byte[whole.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(whole[..NonceLength], whole[NonceLength..^TagLength], whole[^TagLength..], plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }
}
