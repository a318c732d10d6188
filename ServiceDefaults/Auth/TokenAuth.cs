using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Revocations;
using Microsoft.AspNetCore.Authorization;

namespace Agents.ServiceDefaults.Auth;

internal static class TokenAuth
{
    public static void AddTokenAuth(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServiceKeyOptions>()
            .Configure<IConfiguration>((options, configuration) => options.Key = configuration["AGENTS_SERVICE_KEY"] ?? "")
            .Validate(options => options.Key.Length >= ServiceKeyOptions.MinLength, "AGENTS_SERVICE_KEY must be set, with at least 32 characters.")
            .ValidateOnStart();
        builder.Services.AddSingleton<ServiceCredential>();
        builder.Services.AddSingleton<SigningKeyCache>();
        builder.Services.AddSingleton<RevokedTokens>();
        builder.Services.AddSingleton<TokenVerifier>();
        builder.Services.AddSingleton<RevocationFreshness>();
        builder.Services.AddHostedService<RevocationReader>();
        builder.Services.AddHealthChecks().AddCheck<RevocationHealth>("revocations");
        builder.AddServiceClient<IIdentityInternal>("identity");

        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(services => Caller.Of(services.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        builder.Services.AddAuthentication(TokenHandler.Scheme).AddScheme<TokenOptions, TokenHandler>(TokenHandler.Scheme, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, Policies.Is(Roles.Admin, Roles.Operator, Roles.User, Roles.Viewer))
            .AddPolicy(Policies.Admin, Policies.Is(Roles.Admin))
            .AddPolicy(Policies.Operator, Policies.Is(Roles.Admin, Roles.Operator))
            .AddPolicy(Policies.User, Policies.Is(Roles.Admin, Roles.Operator, Roles.User))
            .AddPolicy(Policies.Service, Policies.Is(Roles.Service))
            // Whoever forgets to say who may call an endpoint has said: nobody without signing in.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
