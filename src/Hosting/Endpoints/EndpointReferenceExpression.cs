using System.Globalization;

namespace Agents.Hosting.ApplicationModel;

public enum EndpointProperty
{
    Url,
    Host,
    IPV4Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort
}

public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property)
    : IValueProvider, IManifestExpressionProvider, IValueWithReferences
{
    public EndpointReference Endpoint { get; } = endpointReference;
    public EndpointProperty Property { get; } = property;

    public string ValueExpression
    {
        get
        {
            var name = Property switch
            {
                EndpointProperty.Url => "url",
                EndpointProperty.Host or EndpointProperty.IPV4Host => "host",
                EndpointProperty.Port => "port",
                EndpointProperty.Scheme => "scheme",
                EndpointProperty.TargetPort => "targetPort",
                _ => null
            };

            return name is null
                ? $"{Endpoint.Property(EndpointProperty.Host).ValueExpression}:{Endpoint.Property(EndpointProperty.Port).ValueExpression}"
                : $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{name}}}";
        }
    }

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(Property switch
    {
        EndpointProperty.Url => Endpoint.Url,
        EndpointProperty.Host => Endpoint.Host,
        EndpointProperty.IPV4Host => "127.0.0.1",
        EndpointProperty.Scheme => Endpoint.Scheme,
        EndpointProperty.HostAndPort => $"{Endpoint.Host}:{Endpoint.Port}",
        // Nothing stands between a port and the process that serves it.
        _ => Endpoint.Port.ToString(CultureInfo.InvariantCulture)
    });
}
