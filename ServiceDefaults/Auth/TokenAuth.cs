using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Revocations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Agents.ServiceDefaults.Auth;

internal static class TokenAuth
{
    public static void AddTokenAuth(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServiceKeyOptions>()
            .Configure<IConfiguration>((options, configuration) => options.Key = configuration["AGENTS_SERVICE_KEY"] ?? "")
            .Validate(options => options.Key.Length >= ServiceKeyOptions.MinLength, "AGENTS_SERVICE_KEY must be set, with at least 32 characters.")
            .ValidateOnStart();
        builder.Services.AddSingleton(services => new ServiceCredential(
            services.GetRequiredService<IOptions<ServiceKeyOptions>>().Value.Key, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<SigningKeyCache>();
        builder.Services.AddSingleton<RevokedTokens>();
        builder.Services.AddSingleton<TokenVerifier>();
        builder.Services.AddSingleton<RevocationFreshness>();
        builder.Services.AddHostedService<RevocationReader>();
        builder.Services.AddHealthChecks().AddCheck<RevocationHealth>("revocations");
        builder.AddServiceClient<IIdentityInternal>("identity");

        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(services => Caller.Of(services.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        // Not AddAuthentication: it brings data protection along, which writes a key ring into the user's home and serves nobody here.
        builder.Services.AddAuthenticationCore(options => options.DefaultScheme = TokenHandler.Scheme);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services).AddScheme<TokenOptions, TokenHandler>(TokenHandler.Scheme, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, Policies.Is(Roles.Admin, Roles.Operator, Roles.User, Roles.Viewer))
            .AddPolicy(Policies.Admin, Policies.Is(Roles.Admin))
            .AddPolicy(Policies.Operator, Policies.Is(Roles.Admin, Roles.Operator))
            .AddPolicy(Policies.User, Policies.Is(Roles.Admin, Roles.Operator, Roles.User))
            .AddPolicy(Policies.Device, Policies.Is(Roles.Agent))
            .AddPolicy(Policies.UserOrDevice, Policies.Is(Roles.Admin, Roles.Operator, Roles.User, Roles.Agent))
            .AddPolicy(Policies.SignedInOrDevice, Policies.Is(Roles.Admin, Roles.Operator, Roles.User, Roles.Viewer, Roles.Agent))
            .AddPolicy(Policies.Service, Policies.Is(Roles.Service));
    }
}
