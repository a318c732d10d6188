using System.Text.Encodings.Web;
using Agents.Contracts;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Agents.ServiceDefaults.Auth;

public sealed class TokenOptions : AuthenticationSchemeOptions;

/// <summary>
/// Knows a person's access token (Bearer), one of our services (Service) and, where a service asks for them, a device's
/// token (Bearer as well, told by its prefix).
/// </summary>
public sealed class TokenHandler(
    TokenVerifier verifier, ServiceCredential services, IOptionsMonitor<TokenOptions> options, ILoggerFactory logging, UrlEncoder encoder,
    IDeviceTokens? devices = null)
    : AuthenticationHandler<TokenOptions>(options, logging, encoder)
{
    public new const string Scheme = "Bearer";

    private bool _keysUnknown;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            var token = header["Bearer ".Length..].Trim();
            return devices is not null && DeviceToken.IsOne(token) ? await DeviceAsync(devices, token) : await PersonAsync(token);
        }

        if (header.StartsWith(ServiceCredential.Scheme + " ", StringComparison.Ordinal))
        {
            return services.Verify(header[(ServiceCredential.Scheme.Length + 1)..]) is { } name
                ? Success(ServiceCredential.ClaimsOf(name))
                : AuthenticateResult.Fail("The service credential is no good.");
        }

        return AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_keysUnknown)
        {
            return EnvelopeWriter.WriteAsync(Context, ErrorCode.Unavailable, "Sign-in cannot be checked for the moment. Try again soon.");
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return EnvelopeWriter.WriteAsync(Context, ErrorCode.NotSignedIn);
    }

    private async Task<AuthenticateResult> PersonAsync(string token)
    {
        try
        {
            return await verifier.VerifyAsync(token, Context.RequestAborted) is { } claims
                ? Success(claims)
                : AuthenticateResult.Fail("The token is no good.");
        }
        catch (KeysUnknownException e)
        {
            _keysUnknown = true;
            return AuthenticateResult.Fail(e);
        }
    }

    /// <summary>Where the device cannot be looked up, the exception says so to the caller: a part is down.</summary>
    private async Task<AuthenticateResult> DeviceAsync(IDeviceTokens devices, string token) =>
        await devices.FindAsync(token, Context.RequestAborted) is { } device
            ? Success(DeviceToken.ClaimsOf(device))
            : AuthenticateResult.Fail("The device's token is no good.");

    private AuthenticateResult Success(AccessClaims claims) =>
        AuthenticateResult.Success(new(claims.ToPrincipal(), base.Scheme.Name));
}
