using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Identity;

namespace Agents.ServiceDefaults.Auth;

/// <summary>JWS compact serialization with ES256 and a kid, and nothing else: one algorithm leaves none to confuse.</summary>
public static class Jwt
{
    /// <summary>No token of ours comes near; what is longer is not worth parsing.</summary>
    private const int MaxLength = 8 * 1024;

    private sealed record Header(string Alg, string Typ, string Kid);

    public static string Sign(AccessClaims claims, ECDsa key, string keyId)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new Header(AccessToken.Algorithm, "JWT", keyId), WireJson.Options);
        var payload = JsonSerializer.SerializeToUtf8Bytes(claims, WireJson.Options);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The key id that a token names, or null where it is not a token of our kind.</summary>
    public static string? KeyIdOf(string token)
    {
        if (token.Length > MaxLength || token.Split('.') is not [var header, _, _])
        {
            return null;
        }

        return Parse<Header>(header) is { Alg: AccessToken.Algorithm, Kid: { Length: > 0 } kid } ? kid : null;
    }

    /// <summary>The claims of a token whose signature is right, or null. Times, issuer and audience are for <see cref="TokenRules"/>.</summary>
    public static AccessClaims? Open(string token, ECDsa key)
    {
        var end = token.LastIndexOf('.');
        var middle = token.IndexOf('.');
        var signature = new byte[64];
        if (end <= middle
            || !Base64Url.TryDecodeFromChars(token.AsSpan(end + 1), signature, out var length)
            || length != signature.Length
            || !key.VerifyData(Encoding.ASCII.GetBytes(token, 0, end), signature, HashAlgorithmName.SHA256))
        {
            return null;
        }

        return Parse<AccessClaims>(token[(middle + 1)..end]);
    }

    private static T? Parse<T>(string part)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(part), WireJson.Options);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
