using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

/// <summary>What every project is told where it is deployed; what the app host says on top wins.</summary>
internal static class ProjectDefaults
{
    public static Dictionary<string, object> Environment(ProjectResource project)
    {
        var environment = new Dictionary<string, object>
        {
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EXCEPTION_LOG_ATTRIBUTES"] = "true",
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES"] = "true",
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
        };

        var endpoints = project.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https").ToList();
        if (endpoints.Count > 0)
        {
            // The platform's own proxy stands before whatever listens.
            environment["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }

        AddPorts("HTTP_PORTS", "http");
        AddPorts("HTTPS_PORTS", "https");
        return environment;

        void AddPorts(string variable, string scheme)
        {
            var ports = endpoints
                .Where(endpoint => endpoint.UriScheme == scheme && IsForTheFramework(project, endpoint))
                .Select(endpoint => new EndpointReference(project, endpoint).Property(EndpointProperty.TargetPort).ValueExpression)
                .ToList();
            if (ports.Count > 0)
            {
                environment[variable] = new Expression(string.Join(';', ports));
            }
        }
    }

    // For what the filters leave out the program listens itself, and is told by variables of its own.
    private static bool IsForTheFramework(ProjectResource project, EndpointAnnotation endpoint) =>
        project.Annotations.OfType<EndpointEnvironmentInjectionFilterAnnotation>().All(only => only.Filter(endpoint));

    private sealed record Expression(string ValueExpression) : IManifestExpressionProvider;
}
