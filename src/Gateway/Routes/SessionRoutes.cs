using Yarp.ReverseProxy.Model;

namespace Agents.Gateway.Routes;

/// <summary>The calls that begin or renew a session: they are met before there is one.</summary>
internal enum SessionRoute
{
    None,
    SignIn,
    Register,
    Refresh,
}

internal static class SessionRoutes
{
    /// <summary>Said by the route's metadata, so that what counts as a sign-in is what is routed as one.</summary>
    private const string Key = "Session";

    public static SessionRoute Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata is { } metadata && metadata.TryGetValue(Key, out var name)
            ? Enum.Parse<SessionRoute>(name)
            : SessionRoute.None;
}
