using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Contracts.Realtime;

/// <summary>
/// A device signs <c>id|type|ts|base64url(sha256(payload bytes as sent))</c> with ECDSA P-256 and SHA-256; the signature
/// is r and s in a row, base64url.
/// </summary>
public static class FrameSignature
{
    /// <summary>Where id, time and signature stand of what comes by REST.</summary>
    public const string IdHeader = "X-Message-Id";
    public const string TimeHeader = "X-Message-Time";
    public const string SignatureHeader = "X-Signature";

    /// <summary>What a frame's time may differ from the server's.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    /// <summary>What others will read, and what changes who somebody is. Other frames ride on the authenticated connection.</summary>
    public static bool IsWantedFor(string type) => type is FrameType.GroupMessage or FrameType.AgentRegister;

    public static string Sign(ECDsa key, string id, string type, long ts, ReadOnlySpan<byte> payload) =>
        Base64Url.EncodeToString(key.SignData(Signed(id, type, ts, payload), HashAlgorithmName.SHA256));

    public static bool Verify(ECDsa key, string id, string type, long ts, ReadOnlySpan<byte> payload, string signature)
    {
        try
        {
            return key.VerifyData(Signed(id, type, ts, payload), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>A key by its name: the first 16 bytes of its SubjectPublicKeyInfo's SHA-256, base64url.</summary>
    public static string KeyIdOf(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Base64Url.EncodeToString(SHA256.HashData(subjectPublicKeyInfo).AsSpan(0, 16));

    private static byte[] Signed(string id, string type, long ts, ReadOnlySpan<byte> payload) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}|{type}|{ts}|{Base64Url.EncodeToString(SHA256.HashData(payload))}"));
}
