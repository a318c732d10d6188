using System.Globalization;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>A replica of a project: its built program, run by the same .NET that runs this one.</summary>
internal sealed class ProjectWorkload(
    ProjectResource resource, int replica, BuiltProject project, DistributedApplicationExecutionContext context, HttpClient probe) : IWorkload
{
    private readonly HttpHealthAnnotation? _health = resource.Annotations.OfType<HttpHealthAnnotation>().LastOrDefault();

    public IResource Resource => resource;

    public string Id { get; } = resource.GetReplicaCount() == 1 ? resource.Name : $"{resource.Name}-{replica + 1}";

    public string? Address => resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault() is { } endpoint ? UrlOf(endpoint) : null;

    public async Task<ChildCommand?> PrepareAsync(CancellationToken cancellationToken) => new(project.DotNetPath, [project.TargetPath, .. ArgumentsAnnotation.Of(resource)])
    {
        WorkingDirectory = project.Folder,
        Environment = await EnvironmentAsync(cancellationToken)
    };

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        if (_health is null)
        {
            return true;
        }

        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        var endpoint = endpoints.FirstOrDefault(e => e.Name == (_health.EndpointName ?? "http")) ?? endpoints[0];
        using var response = await probe.GetAsync(UrlOf(endpoint) + _health.Path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)response.StatusCode == _health.StatusCode;
    }

    private async Task<Dictionary<string, string>> EnvironmentAsync(CancellationToken cancellationToken)
    {
        var environment = await EnvironmentVariables.OfAsync(resource, context, cancellationToken, replica);
        var filter = resource.Annotations.OfType<EndpointEnvironmentInjectionFilterAnnotation>().LastOrDefault()?.Filter ?? (_ => true);
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme == "http" && filter(e)).ToList();
        if (endpoints.Count > 0)
        {
            var ports = endpoints.Select(e => e.ReplicaPorts[replica].ToString(CultureInfo.InvariantCulture)).ToList();
            environment["HTTP_PORTS"] = string.Join(';', ports);
            // HTTP_PORTS alone would listen on every address of the machine; this one takes precedence.
            environment["ASPNETCORE_URLS"] = string.Join(';', ports.Select(port => $"http://127.0.0.1:{port}"));
        }

        environment.TryAdd("OTEL_SERVICE_NAME", resource.Name);
        var attributes = System.Environment.GetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES");
        environment.TryAdd("OTEL_RESOURCE_ATTRIBUTES", $"{(string.IsNullOrEmpty(attributes) ? "" : attributes + ",")}service.instance.id={Id}");
        return environment;
    }

    private string UrlOf(EndpointAnnotation endpoint) =>
        $"{endpoint.UriScheme}://{endpoint.AllocatedEndpoint!.Address}:{endpoint.ReplicaPorts[replica]}";
}
