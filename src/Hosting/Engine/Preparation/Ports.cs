using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>Gives every endpoint its ports before anything starts, so that all can be told of all.</summary>
internal sealed class Ports(EngineOptions options)
{
    // Below the range that systems take for outgoing connections: nobody grabs one between here and the child's start.
    private const int FirstFree = 20_000;
    private const int LastFree = 32_000;

    private readonly HashSet<int> _taken = [];

    public void Allocate(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var replicas = resource.GetReplicaCount();
            endpoint.ReplicaPorts = [.. Enumerable.Range(0, replicas).Select(_ => PortFor(resource, endpoint, replicas))];
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, AddressOf(endpoint), endpoint.ReplicaPorts[0]);
        }
    }

    private int PortFor(IResource resource, EndpointAnnotation endpoint, int replicas)
    {
        if (endpoint.Port is not { } port || options.RandomizePorts || replicas > 1)
        {
            return Free();
        }

        var address = IPAddress.TryParse(endpoint.TargetHost.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback;
        _taken.Add(port);
        return TryBind(address, port) switch
        {
            null => port,
            SocketError.AddressNotAvailable => throw new DistributedApplicationException(
                $"'{resource.Name}' cannot listen on {endpoint.TargetHost}: this machine has no such address. Change --listen."),
            SocketError.AccessDenied => throw new DistributedApplicationException(
                $"'{resource.Name}' may not listen on port {port}: the system keeps it for root. Choose another with {Setting(endpoint)}."),
            _ => throw new DistributedApplicationException(
                $"Port {port}, which '{resource.Name}' wants for {endpoint.Name}, is in use. Stop what uses it, or choose another with {Setting(endpoint)}.")
        };
    }

    private int Free()
    {
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(FirstFree, LastFree);
            if (TryBind(IPAddress.Loopback, port) is null && _taken.Add(port))
            {
                return port;
            }
        }

        throw new DistributedApplicationException($"No port between {FirstFree} and {LastFree} is free.");
    }

    // The option is called after the endpoint; the first one is the application's own and needs no more than "port".
    private static string Setting(EndpointAnnotation endpoint) => endpoint.UriScheme == endpoint.Name ? "--port" : $"--{endpoint.Name}-port";

    /// <summary>Inside the machine an address that names one family: "localhost" is two, and somebody else may sit on the other.</summary>
    private static string AddressOf(EndpointAnnotation endpoint) =>
        !endpoint.IsExternal ? "127.0.0.1"
        : IPAddress.TryParse(endpoint.TargetHost.Trim('[', ']'), out var ip) && !IPAddress.IsLoopback(ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any)
            ? endpoint.TargetHost
            : "localhost";

    private static SocketError? TryBind(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
