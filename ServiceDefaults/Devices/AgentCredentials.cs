using Agents.Contracts;
using Agents.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Agents.ServiceDefaults.Devices;

public static class AgentCredentials
{
    /// <summary>This service also takes agents' own tokens, where a policy is made with <see cref="Or"/>. Wants Registry's client, see <see cref="DeviceCredentials"/>.</summary>
    public static void AddAgentCredentials(this WebApplicationBuilder builder) =>
        new AuthenticationBuilder(builder.Services).AddScheme<AuthenticationSchemeOptions, AgentTokenHandler>(AgentTokenHandler.Name, null);

    /// <summary>A policy for these roles, and for agents by their own token.</summary>
    public static Action<AuthorizationPolicyBuilder> Or(params string[] roles) => policy => policy
        .AddAuthenticationSchemes(TokenHandler.Scheme, AgentTokenHandler.Name)
        .RequireAuthenticatedUser()
        .RequireRole(roles.Append(Roles.OwnAgent));
}
