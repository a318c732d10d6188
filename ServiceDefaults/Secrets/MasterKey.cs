using System.Security.Cryptography;
using System.Text;

namespace Agents.ServiceDefaults.Secrets;

/// <summary>
/// The key in no database that wraps what lies in one, with the purpose bound in, so that what was wrapped for one place
/// can't be put into another.
/// </summary>
public sealed class MasterKey
{
    private readonly byte[] _key;

    public MasterKey(string secret)
    {
        if (secret.Length < 32)
        {
            throw new InvalidOperationException("AGENTS_MASTER_KEY must be set, with at least 32 characters. The app host makes one.");
        }

        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), Sealing.KeyLength, info: "agents.master-key"u8.ToArray());
    }

    /// <summary>A key for one purpose, the same each time, from which neither this one nor another's can be found.</summary>
    public byte[] Derive(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _key, Sealing.KeyLength, Encoding.UTF8.GetBytes(purpose));

    public byte[] Wrap(ReadOnlySpan<byte> plain, string purpose) => Sealing.Seal(_key, plain, purpose);

    /// <exception cref="CryptographicException">Wrapped with another key, for another purpose, or damaged.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, string purpose) => Sealing.Open(_key, wrapped, purpose);
}

public static class MasterKeys
{
    /// <summary>For services that keep secrets: from AGENTS_MASTER_KEY.</summary>
    public static void AddMasterKey(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(services => new MasterKey(services.GetRequiredService<IConfiguration>()["AGENTS_MASTER_KEY"] ?? ""));
}
