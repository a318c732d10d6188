using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Agents.ServiceDefaults.Devices;

/// <summary>
/// Knows an agent that is a process of its own: <c>Authorization: Bearer</c> with the token that was written at its making,
/// and its id in <c>X-Agent-ID</c> or <c>?agent_id=</c>. Only a policy that names this scheme asks it.
/// </summary>
internal sealed class AgentTokenHandler(
    IRegistryInternal registry, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logging, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logging, encoder)
{
    public const string Name = "Agent";
    public const string Header = "X-Agent-ID";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var id = Request.Headers[Header].ToString() is { Length: > 0 } said ? said : Request.Query["agent_id"].ToString();
        if (!Ids.IsValid(id) || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || DeviceToken.IsOne(header[Bearer.Length..].Trim()))
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            var agent = await registry.AuthenticateAgentAsync(new(header[Bearer.Length..].Trim(), id), Context.RequestAborted);
            var claims = new ClaimsIdentity([new("sub", agent.Id), new("roles", Roles.OwnAgent)], Name, "name", "roles");
            return AuthenticateResult.Success(new(new(claims), Name));
        }
        catch (Refit.ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return AuthenticateResult.Fail("The agent's token is no good.");
        }
    }

    /// <summary>The other scheme of the policy has answered.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Task.CompletedTask;

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;
}
