using Yarp.ReverseProxy.Model;

namespace Agents.Gateway.Routes;

/// <summary>Routes of sockets and gRPC streams, which may bring their credential in the query or in their first frame.</summary>
internal static class StreamRoute
{
    private const string Key = "Stream";

    public static bool Is(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.ContainsKey(Key) is true;
}
