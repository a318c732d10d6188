using Agents.Contracts.Identity;

namespace Agents.ServiceDefaults.Auth;

/// <summary>What a token with a right signature must still fulfil. Pure.</summary>
internal static class TokenRules
{
    public static bool Accepts(AccessClaims claims, DateTimeOffset now) =>
        claims is { Iss: AccessToken.Issuer, Aud: AccessToken.Audience, Sub.Length: > 0, Sid.Length: > 0, Jti.Length: > 0, Roles.Count: > 0 }
        && now < claims.ExpiresAt + AccessToken.Skew
        && now >= DateTimeOffset.FromUnixTimeSeconds(claims.Nbf) - AccessToken.Skew
        // Nobody issues longer ones; a token that claims to live for years was not made by us.
        && claims.Exp - claims.Iat <= AccessToken.Lifetime.TotalSeconds;
}
