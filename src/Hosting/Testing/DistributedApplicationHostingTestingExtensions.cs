using Agents.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Hosting.Testing;

public static class DistributedApplicationHostingTestingExtensions
{
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var endpoints = (Find(app, resourceName) as IResourceWithEnvironment)?.Annotations.OfType<EndpointAnnotation>().ToList() ?? [];
        var endpoint = endpointName is null
            ? endpoints.FirstOrDefault(e => e.UriScheme == "http") ?? endpoints.FirstOrDefault()
            : endpoints.FirstOrDefault(e => string.Equals(e.Name, endpointName, StringComparison.OrdinalIgnoreCase));

        return endpoint is null
            ? throw new ArgumentException($"'{resourceName}' has no endpoint {endpointName}.", nameof(endpointName))
            : new Uri((endpoint.AllocatedEndpoint ?? throw new InvalidOperationException("The application is not started.")).UriString);
    }

    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
        => Find(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"'{resourceName}' has no connection string.", nameof(resourceName));

    private static IResource Find(DistributedApplication app, string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no resource called '{name}'.", nameof(name));
}
