using Agents.Contracts.Identity;
using Agents.Identity.Tokens;
using Agents.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Keys;

/// <summary>The gateway trades an API key for an access token, so that no other service has to know keys.</summary>
internal static class KeyExchange
{
    public static void MapInternalKeys(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/keys/exchange", ExchangeAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<ExchangedKey>, NotFound>> ExchangeAsync(
        ExchangeKey request, IdentityDb db, TokenIssuer issuer, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = ApiKey.HashOf(request.Key);
        if (await db.ApiKeys.SingleOrDefaultAsync(k => k.Hash == hash && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken) is not { } key
            || await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == key.UserId && !u.Disabled, cancellationToken) is not { } owner
            || KeyScope.Covered(key.Roles, owner.Roles) is not { Count: > 0 } roles)
        {
            return TypedResults.NotFound();
        }

        key.LastUsedAt = now;
        await db.SaveChangesAsync(cancellationToken);
        var expiresAt = now + AccessToken.Lifetime;
        return TypedResults.Ok(new ExchangedKey(
            await issuer.IssueAsync(owner, key.Id, roles, cancellationToken),
            key.ExpiresAt < expiresAt ? key.ExpiresAt.Value : expiresAt));
    }
}
