using Agents.Contracts.Identity;
using Agents.Identity.Users;
using Agents.ServiceDefaults.Auth;

namespace Agents.Identity.Tokens;

internal sealed class TokenIssuer(SigningKeys keys, TimeProvider time)
{
    /// <param name="sessionId">What can be revoked: a session, or an API key.</param>
    /// <param name="roles">At most the account's.</param>
    public async ValueTask<string> IssueAsync(
        User user, string sessionId, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var signer = await keys.CurrentAsync(cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new AccessClaims(
            Iss: AccessToken.Issuer,
            Aud: AccessToken.Audience,
            Sub: user.Id,
            Sid: sessionId,
            Ver: user.Version,
            Jti: Guid.NewGuid().ToString("N"),
            Roles: roles,
            Name: user.Name,
            Iat: now,
            Nbf: now,
            Exp: now + (long)AccessToken.Lifetime.TotalSeconds);
        return Jwt.Sign(claims, signer.Key, signer.KeyId);
    }
}
