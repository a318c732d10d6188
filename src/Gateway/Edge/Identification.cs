using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Gateway.Limits;
using Agents.Gateway.Routes;
using Agents.ServiceDefaults.Auth;

namespace Agents.Gateway.Edge;

/// <summary>
/// Finds out who asks and leaves one form of credential for the services: <c>Authorization: Bearer</c> with an access
/// token. Whether that token suffices for what is asked is the service's to say, also where it is no good at all.
/// </summary>
internal sealed class Identification(TokenVerifier verifier, ApiKeys keys, RequestRates rates, OwnOrigins origins)
{
    public ValueTask<Identified> IdentifyAsync(HttpContext context, SessionRoute route)
    {
        var credential = Credential.Of(context.Request.Headers.Authorization);
        if (credential.Kind is CredentialKind.Forged)
        {
            context.Request.Headers.Authorization = default;
        }

        if (context.Request.Headers.Cookie.Count == 0)
        {
            return ByHeaderAsync(context, credential);
        }

        if (route is SessionRoute.Refresh && context.Request.Cookies.ContainsKey(SessionCookieNames.Refresh)
            && PageProof.Fault(context.Request, origins) is { } fault)
        {
            return ValueTask.FromResult(Identified.Refused(ErrorCode.NotAllowed, fault));
        }

        return credential.Kind is CredentialKind.None or CredentialKind.Forged
            ? ByCookieAsync(context, route)
            : ByHeaderAsync(context, credential);
    }

    private async ValueTask<Identified> ByHeaderAsync(HttpContext context, Credential credential)
    {
        switch (credential.Kind)
        {
            case CredentialKind.Token:
                return new((await VerifyAsync(credential.Secret, context.RequestAborted)).Claims?.Sub);
            case CredentialKind.Key:
                return await ByKeyAsync(context, credential.Secret);
            case CredentialKind.Foreign:
                return new(null, Unverified: true);
            default:
                return new(null, Unverified: StreamRoute.Is(context));
        }
    }

    private async ValueTask<Identified> ByKeyAsync(HttpContext context, string key)
    {
        // Asking Identity costs a query there, so guessing keys is held to what strangers may do.
        if (!keys.Knows(key) && !rates.AdmitStranger(context, out var wait))
        {
            return rates.Refusal(context, wait);
        }

        try
        {
            if (await keys.ExchangeAsync(key, context.RequestAborted) is not { } good)
            {
                return Identified.Refused(ErrorCode.NotSignedIn, "The API key is no good.");
            }

            context.Request.Headers.Authorization = Credential.Bearer + good.Token;
            return new(good.Claims.Sub);
        }
        catch (KeysUnknownException)
        {
            return Identified.Refused(ErrorCode.Unavailable, "Sign-in cannot be checked for the moment. Try again soon.");
        }
    }

    private async ValueTask<Identified> ByCookieAsync(HttpContext context, SessionRoute route)
    {
        var request = context.Request;
        if (request.Cookies[SessionCookieNames.Access] is not { Length: > 0 } token || route is SessionRoute.SignIn)
        {
            return new(null, Unverified: StreamRoute.Is(context));
        }

        var (claims, unknown) = await VerifyAsync(token, context.RequestAborted);
        if (claims is null && !unknown)
        {
            // Left over from a session that has ended: the same as none.
            return Identified.Nobody;
        }

        if (PageProof.IsWantedFor(request.Method) && PageProof.Fault(request, origins) is { } fault)
        {
            return route is SessionRoute.Register ? Identified.Nobody : Identified.Refused(ErrorCode.NotAllowed, fault);
        }

        request.Headers.Authorization = Credential.Bearer + token;
        return new(claims?.Sub);
    }

    /// <summary>Unknown where Identity has not told its keys yet: the service that the request is for says so, in the envelope.</summary>
    private async ValueTask<(AccessClaims? Claims, bool Unknown)> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return (await verifier.VerifyAsync(token, cancellationToken), false);
        }
        catch (KeysUnknownException)
        {
            return (null, true);
        }
    }
}
