using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Yarp.ReverseProxy.Model;

namespace Agents.Gateway.Routes;

/// <summary>Routes of sockets and gRPC streams, which live long, mostly silent, and have no length.</summary>
internal static class StreamRoute
{
    private const string Key = "Stream";

    public static bool Is(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.ContainsKey(Key) is true;

    /// <summary>A stream may say nothing for minutes, which Kestrel would take for a client that is too slow.</summary>
    public static void LetBeSlow(HttpContext context)
    {
        if (Is(context) && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
