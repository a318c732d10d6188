using Agents.Gateway.Routes;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Model;

namespace Agents.Gateway.Limits;

/// <summary>
/// Refuses a body that is too long: beforehand where it says so, else when it has come so far. The rest of it is read and
/// thrown away up to a point, because a client that sends all before it reads an answer would meet a closed connection
/// in place of the refusal.
/// </summary>
internal sealed class BodyLimit(LimitOptions limits)
{
    private const int ThrownAwayTimes = 16;

    private readonly long _max = limits.MaxBodyBytes;

    /// <summary>True where the request is to be refused.</summary>
    public bool Exceeds(HttpContext context)
    {
        // A route with a limit of its own gives it to Kestrel.
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || HasItsOwn(context))
        {
            return false;
        }

        if (context.Request.ContentLength is not { } length)
        {
            if (!StreamRoute.Is(context))
            {
                ThrowAway(context);
                context.Request.Body = new CountedBody(context.Request.Body, _max);
            }

            return false;
        }

        if (length <= _max)
        {
            return false;
        }

        ThrowAway(context);
        return true;
    }

    private void ThrowAway(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } kestrels)
        {
            kestrels.MaxRequestBodySize = _max * ThrownAwayTimes;
        }
    }

    private static bool HasItsOwn(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.MaxRequestBodySize is not null;
}
