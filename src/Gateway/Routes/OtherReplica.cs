using Yarp.ReverseProxy;

namespace Agents.Gateway.Routes;

/// <summary>A read that met a replica which cannot be reached goes to another one, once. What changes things is never sent twice.</summary>
internal static class OtherReplica
{
    public static async Task TryAsync(HttpContext context, Func<Task> next, IProxyStateLookup proxy)
    {
        await next();
        if (!IsRead(context.Request.Method) || context.Response.HasStarted || !RefusedConnections.Unreachable(context))
        {
            return;
        }

        var feature = context.GetReverseProxyFeature();
        if (feature.AllDestinations.Count < 2 || !proxy.TryGetCluster(feature.Cluster.Config.ClusterId, out var cluster))
        {
            return;
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Features.Set<Yarp.ReverseProxy.Forwarder.IForwarderErrorFeature>(null);
        context.ReassignProxyRequest(cluster);
        await next();
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
