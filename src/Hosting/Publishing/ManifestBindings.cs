using System.Text.Json.Nodes;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

/// <summary>The endpoints of a resource, with the ports that the reader cannot choose by itself.</summary>
internal sealed class ManifestBindings
{
    private const int FirstFreePort = 8000;
    private readonly HashSet<int> _taken = [];

    public void Write(JsonObject written, IResource resource)
    {
        if (!resource.TryGetEndpoints(out var endpoints))
        {
            return;
        }

        var schemes = new HashSet<string>();
        var bindings = new JsonObject();
        foreach (var endpoint in endpoints)
        {
            bindings[endpoint.Name] = Binding(endpoint, TargetPort(resource, endpoint, isFirst: schemes.Add(endpoint.UriScheme)));
        }

        written["bindings"] = bindings;
    }

    private JsonObject Binding(EndpointAnnotation endpoint, int? targetPort)
    {
        var binding = new JsonObject
        {
            ["scheme"] = endpoint.UriScheme,
            ["protocol"] = endpoint.Protocol.ToString().ToLowerInvariant(),
            ["transport"] = endpoint.Transport,
        };

        // Without a port of its own a binding is reached on the port that it listens on, or on the usual one of its scheme.
        if (endpoint.Port is { } port && port != targetPort)
        {
            _taken.Add(port);
            binding["port"] = port;
        }

        if (targetPort is { } target)
        {
            _taken.Add(target);
            binding["targetPort"] = target;
        }

        if (endpoint.IsExternal)
        {
            binding["external"] = true;
        }

        return binding;
    }

    private int? TargetPort(IResource resource, EndpointAnnotation endpoint, bool isFirst) => (resource, endpoint) switch
    {
        (_, { TargetPort: { } target }) => target,
        (ContainerResource, { Port: { } port }) => port,
        // The reader knows on which port the image of a project listens; for a second endpoint it has to be told one.
        (ProjectResource, { UriScheme: "http" or "https" }) when isFirst => null,
        _ => FreePort(),
    };

    private int FreePort() => Enumerable.Range(FirstFreePort, ushort.MaxValue - FirstFreePort).First(port => !_taken.Contains(port));
}
