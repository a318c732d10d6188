using Agents.ServiceDefaults.Clients;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Agents.Gateway.Routes;

/// <summary>
/// Turns <c>http://registry</c> into all of that service's replicas, and <c>http://_grpc.realtime</c> into those of its
/// endpoint of that name, as Aspire writes them. A service without an address has no destination, and is down.
/// </summary>
internal sealed class ServiceDestinations(ServiceAddresses addresses) : IDestinationResolver
{
    public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>();
        foreach (var (name, destination) in destinations)
        {
            var (service, endpoint) = Split(new Uri(destination.Address).Host);
            foreach (var (index, address) in addresses.All(service, endpoint).Index())
            {
                resolved[$"{name}/{index}"] = destination with { Address = address.AbsoluteUri };
            }
        }

        return ValueTask.FromResult(new ResolvedDestinationCollection(resolved, null));
    }

    private static (string Service, string Endpoint) Split(string host) =>
        host.StartsWith('_') && host.IndexOf('.') is > 0 and var dot ? (host[(dot + 1)..], host[1..dot]) : (host, ServiceAddresses.Http);
}
