using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Feeds;
using Agents.ServiceDefaults.Secrets;

namespace Agents.Identity.Tokens;

/// <summary>What the other services need to judge tokens: the public keys and the feed of revocations.</summary>
internal static class TokensApi
{
    public static void AddTokens(this WebApplicationBuilder builder)
    {
        builder.AddMasterKey();
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddScoped<Revocations>();
        builder.AddFeed(RevocationEntry.Feed);
        builder.Services.AddSingleton<RevocationFeed>();
        // Identity judges tokens as the others do, only without asking itself over the network.
        builder.Services.AddSingleton<IIdentityInternal, OwnIdentity>();
    }

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/jwks.json", (RevocationFeed feed, CancellationToken cancellationToken) => feed.GetKeysAsync(cancellationToken))
            .AllowAnonymous();
        routes.MapGet("/internal/revocations", GetRevocationsAsync).RequireAuthorization(Policies.Service);
    }

    private static Task<RevocationPage> GetRevocationsAsync(
        long after, int wait, RevocationFeed feed, CancellationToken cancellationToken) =>
        feed.GetAsync(after, TimeSpan.FromSeconds(wait), cancellationToken);
}
