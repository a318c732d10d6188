using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Agents.Contracts;

namespace Agents.ServiceDefaults.Auth;

internal sealed class ServiceKeyOptions
{
    public const int MinLength = 32;

    /// <summary>Shared by our services, from AGENTS_SERVICE_KEY.</summary>
    public string Key { get; set; } = "";
}

/// <summary>
/// How one of our services proves itself to another: its name and the time under an HMAC with the key they share.
/// Checked where it arrives, so that services can talk while Identity is away.
/// </summary>
public sealed class ServiceCredential
{
    public const string Scheme = "Service";

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly byte[] _key;
    private readonly TimeProvider _time;

    internal ServiceCredential(string key, TimeProvider time)
    {
        _key = Encoding.UTF8.GetBytes(key);
        _time = time;
    }

    public string Issue(string service)
    {
        var at = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{service}.{at}.{Sign(service, at)}";
    }

    /// <summary>The name of the service, or null where the credential is no good.</summary>
    public string? Verify(string credential)
    {
        if (credential.Split('.') is not [var service, var at, var signature]
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return null;
        }

        var age = _time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        var good = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(service, at)), Encoding.ASCII.GetBytes(signature));
        return good && age.Duration() < GoodFor ? service : null;
    }

    internal static AccessClaims ClaimsOf(string service) =>
        new("", "", service, service, 0, "", [Roles.Service], service, 0, 0, 0);

    private string Sign(string service, string at) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{service}.{at}")));
}
