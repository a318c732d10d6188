using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Agents.Gateway.Routes;

/// <summary>A replica that cannot be reached is left alone for a moment, so that the others get its share. It costs one request, not a rate of them.</summary>
internal sealed class RefusedConnections(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    private static readonly TimeSpan LeftAloneFor = TimeSpan.FromSeconds(2);

    public string Name => nameof(RefusedConnections);

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (Unreachable(context))
        {
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, LeftAloneFor);
        }
    }

    /// <summary>Nothing was carried: the connection could not be made.</summary>
    public static bool Unreachable(HttpContext context) =>
        context.GetForwarderErrorFeature() is { Error: ForwarderError.Request, Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } }
            // This is how a connection that nobody answers ends; a service that is slow with its answer ends otherwise.
            or { Error: ForwarderError.RequestTimedOut, Exception: OperationCanceledException { InnerException: TimeoutException } };
}
