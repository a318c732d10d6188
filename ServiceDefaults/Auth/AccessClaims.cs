using System.Security.Claims;
using System.Text.Json.Serialization;

namespace Agents.ServiceDefaults.Auth;

/// <summary>The payload of an access token, under the names that JWT has for them.</summary>
/// <param name="Ver">Raised for a user when all tokens so far shall end.</param>
public sealed record AccessClaims(
    string Iss,
    string Aud,
    string Sub,
    string Sid,
    int Ver,
    string Jti,
    IReadOnlyList<string> Roles,
    string Name,
    long Iat,
    long Nbf,
    long Exp)
{
    [JsonIgnore]
    public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeSeconds(Exp);

    internal ClaimsPrincipal ToPrincipal()
    {
        var claims = new List<Claim>(3 + Roles.Count)
        {
            new(TokenClaims.Subject, Sub),
            new(TokenClaims.Session, Sid),
            new(TokenClaims.Name, Name),
        };
        claims.AddRange(Roles.Select(role => new Claim(TokenClaims.Role, role)));
        return new(new ClaimsIdentity(claims, TokenHandler.Scheme, TokenClaims.Name, TokenClaims.Role));
    }
}
