using System.Globalization;
using System.Text.Json.Nodes;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

/// <summary>Environment, arguments and connection strings, as text with expressions in it; remembers which resources they speak of.</summary>
internal sealed class ManifestValues
{
    private readonly DistributedApplicationExecutionContext _publishing = new(DistributedApplicationOperation.Publish);
    private readonly List<IResource> _referenced = [];
    private readonly HashSet<object> _followed = [];

    public IReadOnlyList<IResource> Referenced => _referenced;

    public async Task WriteEnvironmentAsync(
        JsonObject written, IResource resource, Dictionary<string, object> defaults, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(_publishing, resource, defaults, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        if (context.EnvironmentVariables.Count > 0)
        {
            written["env"] = new JsonObject(context.EnvironmentVariables.Select(
                variable => KeyValuePair.Create(variable.Key, (JsonNode?)Text(resource, variable.Key, variable.Value))));
        }
    }

    public static void WriteCommand(JsonObject written, ContainerResource container)
    {
        container.TryGetLastAnnotation<ContainerCommand>(out var command);
        if ((command?.Entrypoint ?? container.Entrypoint) is { } entrypoint)
        {
            written["entrypoint"] = entrypoint;
        }

        if (command is not null)
        {
            written["args"] = new JsonArray([.. command.Arguments.Select(argument => (JsonNode?)Escaped(argument))]);
        }
    }

    public string Expression(IManifestExpressionProvider value)
    {
        Follow(value);
        return value.ValueExpression;
    }

    private string Text(IResource resource, string name, object value) => value switch
    {
        string text => Escaped(text),
        IManifestExpressionProvider expression => Expression(expression),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new DistributedApplicationException(
            $"'{resource.Name}' has a {value.GetType().Name} for {name}, which a manifest cannot hold."),
    };

    // The reader takes braces for an expression, unless they are doubled.
    private static string Escaped(string text) =>
        text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    // Expressions refer to others, and may do so in a circle.
    private void Follow(object value)
    {
        if (!_followed.Add(value))
        {
            return;
        }

        if (value is IResource resource)
        {
            _referenced.Add(resource);
        }

        if (value is IValueWithReferences { References: var references })
        {
            foreach (var reference in references)
            {
                Follow(reference);
            }
        }
    }
}
