using System.Text.Json;

namespace Agents.Tests.App.Publishing;

/// <summary>azd: one app is external, by the ports of one target, and http and https there are 80 and 443 without saying so.</summary>
internal static class ManifestDoor
{
    public static IEnumerable<string> Violations(JsonElement resources)
    {
        var external = resources.EnumerateObject()
            .Where(resource => resource.Value.TryGetProperty("bindings", out _))
            .SelectMany(resource => resource.Value.GetProperty("bindings").EnumerateObject(), (resource, binding) => (resource.Name, Binding: binding.Value))
            .Where(found => found.Binding.TryGetProperty("external", out var flag) && flag.GetBoolean())
            .ToList();

        var doors = external.Select(found => (found.Name, Port(found.Binding, "targetPort"))).Distinct().Count();
        if (doors != 1)
        {
            yield return $"external: {doors} doors instead of one";
        }

        if (external.Any(found => Port(found.Binding, "port") is { } port && port is not (80 or 443)))
        {
            yield return "external: on a port that the platform has no door for";
        }
    }

    private static int? Port(JsonElement binding, string field) =>
        binding.TryGetProperty(field, out var found) ? found.GetInt32() : null;
}
