using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Agents.ServiceDefaults.Revocations;

namespace Agents.ServiceDefaults.Auth;

/// <summary>
/// Verifies access tokens. One that was found good is kept by its hash until it ends, so that a busy caller costs one
/// signature check an hour; whether it was revoked is asked each time.
/// </summary>
public sealed class TokenVerifier(SigningKeyCache keys, RevokedTokens revoked, TimeProvider time)
{
    /// <summary>When full, all are forgotten and verified anew: simple, bounded, and a matter of milliseconds.</summary>
    private const int MaxCached = 50_000;

    private readonly ConcurrentDictionary<Hash, AccessClaims> _verified = new();

    /// <summary>The claims, or null where the token is no good.</summary>
    /// <exception cref="KeysUnknownException">Identity could not be asked for its keys yet.</exception>
    public async ValueTask<AccessClaims?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Hash.Of(token);
        if (!_verified.TryGetValue(hash, out var claims))
        {
            claims = await OpenAsync(token, cancellationToken);
            if (claims is null || !TokenRules.Accepts(claims, time.GetUtcNow()))
            {
                return null;
            }

            if (_verified.Count >= MaxCached)
            {
                _verified.Clear();
            }

            _verified[hash] = claims;
        }
        else if (!TokenRules.Accepts(claims, time.GetUtcNow()))
        {
            _verified.TryRemove(hash, out _);
            return null;
        }

        return await revoked.ContainsAsync(claims, cancellationToken) ? null : claims;
    }

    private async ValueTask<AccessClaims?> OpenAsync(string token, CancellationToken cancellationToken) =>
        Jwt.KeyIdOf(token) is { } kid && await keys.FindAsync(kid, cancellationToken) is { } key ? Jwt.Open(token, key) : null;

    private readonly record struct Hash(UInt128 High, UInt128 Low)
    {
        public static Hash Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
            return new(BitConverter.ToUInt128(hash), BitConverter.ToUInt128(hash[16..]));
        }
    }
}
