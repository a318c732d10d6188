using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Hands the connection string over as <c>ConnectionStrings__{name}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var variable = source.Resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName ?? source.Resource.Name}";
        return builder.WithEnvironment(context =>
            context.EnvironmentVariables[variable] = new ConnectionStringReference(source.Resource, optional));
    }

    /// <summary>Hands every endpoint over as <c>services__{name}__{endpoint}__{replica}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
        => builder.WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.GetEndpoints())
            {
                AddServiceVariables(context, source.Resource, endpoint);
            }
        });

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
        => builder.WithEnvironment(context => AddServiceVariables(context, endpointReference.Resource, endpointReference));

    private static void AddServiceVariables(EnvironmentCallbackContext context, IResource source, EndpointReference endpoint)
    {
        var prefix = $"services__{source.Name}__{endpoint.EndpointName}__";
        context.EnvironmentVariables[prefix + "0"] = endpoint;

        // No proxy of ours stands before the replicas: the caller gets them all and spreads its calls itself.
        for (var replica = 1; context.ExecutionContext.IsRunMode && replica < endpoint.Annotation.ReplicaPorts.Count; replica++)
        {
            context.EnvironmentVariables[$"{prefix}{replica}"] = $"{endpoint.Scheme}://{endpoint.Host}:{endpoint.Annotation.ReplicaPorts[replica]}";
        }
    }
}
