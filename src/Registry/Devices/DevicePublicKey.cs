using System.Security.Cryptography;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Devices;

/// <summary>
/// A key that a device signs with, or has signed with. It outlives the device: what was signed with it can still be checked.
/// </summary>
internal sealed class DevicePublicKey
{
    public required string DeviceId { get; init; }

    public required string KeyId { get; init; }

    public required byte[] SubjectPublicKeyInfo { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    /// <summary>Null while the device signs with it. A key that comes back later has another row.</summary>
    public DateTimeOffset? SignsUntil { get; set; }

    public DeviceKey ToWire() => new(KeyId, Convert.ToBase64String(SubjectPublicKeyInfo));

    public DeviceKeyPeriod ToPeriod() => new(KeyId, Convert.ToBase64String(SubjectPublicKeyInfo), SignsFrom, SignsUntil);

    /// <summary>Null where the text is no SubjectPublicKeyInfo, in base64 or PEM, of a key on P-256.</summary>
    public static byte[]? Parse(string text)
    {
        using var key = ECDsa.Create();
        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                key.ImportFromPem(text);
            }
            else
            {
                var bytes = Convert.FromBase64String(text.Trim());
                key.ImportSubjectPublicKeyInfo(bytes, out var read);
                if (read != bytes.Length)
                {
                    return null;
                }
            }

            // The object identifier says the curve by name on every platform.
            return key.ExportParameters(false).Curve.Oid is { Value: "1.2.840.10045.3.1.7" } or { FriendlyName: "nistP256" or "ECDSA_P256" }
                ? key.ExportSubjectPublicKeyInfo()
                : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    public static string KeyIdOf(byte[] subjectPublicKeyInfo) => FrameSignature.KeyIdOf(subjectPublicKeyInfo);

    public ECDsa Open()
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(SubjectPublicKeyInfo, out _);
        return key;
    }

    public static void Describe(EntityTypeBuilder<DevicePublicKey> key)
    {
        key.ToTable("device_keys");
        key.HasKey(k => new { k.DeviceId, k.SignsFrom });
        key.HasIndex(k => k.DeviceId).IsUnique().HasFilter("signs_until IS NULL");
    }
}
