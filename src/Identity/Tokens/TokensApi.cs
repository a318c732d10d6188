using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Secrets;

namespace Agents.Identity.Tokens;

/// <summary>What the other services need to judge tokens: the public keys and the feed of revocations.</summary>
internal static class TokensApi
{
    public static void AddTokens(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new MasterKey(services.GetRequiredService<IConfiguration>()["AGENTS_MASTER_KEY"] ?? ""));
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddScoped<Revocations>();
        builder.Services.AddSingleton<RevocationSignal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RevocationSignal>());
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
        feed.GetAsync(after, TimeSpan.FromSeconds(Math.Clamp(wait, 0, 30)), cancellationToken);
}
