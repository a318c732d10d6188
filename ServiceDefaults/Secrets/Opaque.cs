using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Agents.ServiceDefaults.Secrets;

/// <summary>Secrets that we hand out and know only by their hash: refresh tokens, API keys, tickets, device tokens.</summary>
public static class Opaque
{
    /// <summary>256 random bits behind a prefix that tells a scanner, and a reader of a log, what leaked.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Plain SHA-256 is enough for what nobody can guess.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
