using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting;

internal static class EnvironmentVariables
{
    /// <summary>What the app host gives a resource, every value asked for now.</summary>
    /// <param name="replica">Each listens on ports of its own, and is told those.</param>
    public static async Task<Dictionary<string, string>> OfAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken, int replica = 0)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        var values = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            var text = value switch
            {
                EndpointReferenceExpression { Property: EndpointProperty.TargetPort } own when own.Endpoint.Resource == resource => own.Endpoint.PortOf(replica),
                IValueProvider provider => await provider.GetValueAsync(cancellationToken),
                _ => value.ToString(),
            };
            if (text is not null)
            {
                values[name] = text;
            }
        }

        return values;
    }
}
