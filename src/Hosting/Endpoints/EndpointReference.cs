using System.Globalization;

namespace Agents.Hosting.ApplicationModel;

public sealed class EndpointReference : IValueProvider, IManifestExpressionProvider, IValueWithReferences
{
    private EndpointAnnotation? _annotation;

    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint) : this(owner, endpoint.Name) =>
        _annotation = endpoint;

    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        Resource = owner;
        EndpointName = endpointName;
    }

    public IResourceWithEndpoints Resource { get; }
    public string EndpointName { get; }
    public bool Exists => Find() is not null;
    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;
    public string Scheme => Annotation.UriScheme;
    public int Port => Allocated.Port;
    public int? TargetPort => Annotation.TargetPort;
    public string Host => Allocated.Address;
    public string Url => Allocated.UriString;

    internal EndpointAnnotation Annotation =>
        Find() ?? throw new DistributedApplicationException($"'{Resource.Name}' has no endpoint called '{EndpointName}'.");

    internal string PortOf(int replica) => Annotation.ReplicaPorts[replica].ToString(CultureInfo.InvariantCulture);

    private AllocatedEndpoint Allocated =>
        Annotation.AllocatedEndpoint ?? throw new InvalidOperationException($"The endpoint '{EndpointName}' of '{Resource.Name}' has no address yet.");

    string IManifestExpressionProvider.ValueExpression => Property(EndpointProperty.Url).ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    // Looked up late: an endpoint may be declared after it was referred to.
    private EndpointAnnotation? Find() =>
        _annotation ??= Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
