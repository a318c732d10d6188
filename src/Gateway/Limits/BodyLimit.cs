using System.Globalization;
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

    /// <summary>Of a route that takes longer bodies than others.</summary>
    private const string RouteKey = "MaxBodyBytes";

    private readonly long _max = limits.MaxBodyBytes;

    /// <summary>True where the request is to be refused.</summary>
    public bool Exceeds(HttpContext context)
    {
        // A route with a limit of Kestrel's has it from there, or none: then its service counts for itself.
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || HasItsOwn(context))
        {
            return false;
        }

        var max = LimitOf(context);
        if (context.Request.ContentLength is not { } length)
        {
            if (!StreamRoute.Is(context))
            {
                Widen(context, max);
                context.Request.Body = new CountedBody(context.Request.Body, max);
            }

            return false;
        }

        if (length <= max)
        {
            if (max > _max)
            {
                Widen(context, max);
            }

            return false;
        }

        Widen(context, max);
        return true;
    }

    /// <summary>Kestrel counts as well, and must not be the first.</summary>
    private void Widen(HttpContext context, long max)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } kestrels)
        {
            kestrels.MaxRequestBodySize = Math.Max(_max * ThrownAwayTimes, max * 2);
        }
    }

    private long LimitOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.GetValueOrDefault(RouteKey) is { } own
            ? Math.Max(_max, long.Parse(own, CultureInfo.InvariantCulture))
            : _max;

    private static bool HasItsOwn(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.MaxRequestBodySize is not null;
}
