using System.Text.Json.Nodes;

namespace Agents.Gateway.Documents;

/// <summary>
/// Joins the services' OpenAPI documents into one. Components that are the same under the same name are shared; where
/// two differ, the later one gets its service's name in front. Pure.
/// </summary>
internal static class DocumentJoin
{
    private const string Ref = "$ref";

    /// <param name="parts">Each service's document, in the order in which names are given away.</param>
    /// <param name="missing">The services that gave none.</param>
    public static JsonObject Join(IEnumerable<(string Service, JsonObject Document)> parts, IReadOnlyList<string> missing)
    {
        var paths = new JsonObject();
        var components = new JsonObject();
        var tags = new Dictionary<string, JsonNode?>();
        var version = "3.1.1";
        foreach (var (service, part) in parts)
        {
            var document = (JsonObject)part.DeepClone();
            version = document["openapi"]?.GetValue<string>() ?? version;
            AddComponents(components, document, service);
            foreach (var (path, item) in document["paths"] as JsonObject ?? [])
            {
                AddPath(paths, path, item);
            }

            foreach (var tag in document["tags"] as JsonArray ?? [])
            {
                if (tag?["name"]?.GetValue<string>() is { } name)
                {
                    tags.TryAdd(name, tag.DeepClone());
                }
            }
        }

        var info = new JsonObject { ["title"] = "Agents", ["version"] = "v1" };
        if (missing.Count > 0)
        {
            info["description"] = $"Left out, because they do not answer just now: {string.Join(", ", missing)}.";
            info["x-missing"] = new JsonArray([.. missing.Select(name => (JsonNode)name)]);
        }

        return new()
        {
            ["openapi"] = version,
            ["info"] = info,
            ["paths"] = paths,
            ["components"] = components,
            ["tags"] = new JsonArray([.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Value)]),
        };
    }

    /// <summary>Services share a path where each answers some of its methods.</summary>
    private static void AddPath(JsonObject paths, string path, JsonNode? item)
    {
        if (paths[path] is not JsonObject there)
        {
            paths[path] = item?.DeepClone();
            return;
        }

        foreach (var (method, operation) in item as JsonObject ?? [])
        {
            there.TryAdd(method, operation?.DeepClone());
        }
    }

    private static void AddComponents(JsonObject all, JsonObject document, string service)
    {
        var own = document["components"] as JsonObject ?? [];
        var renamed = new Dictionary<string, string>();
        foreach (var (kind, named) in own)
        {
            foreach (var (name, component) in named as JsonObject ?? [])
            {
                if (all[kind]?[name] is { } other && !JsonNode.DeepEquals(other, component))
                {
                    renamed[$"#/components/{kind}/{name}"] = $"#/components/{kind}/{Prefixed(service, name)}";
                }
            }
        }

        // What refers to a renamed one is different from its namesake as well, whatever the names in it said before.
        while (Spread(all, own, renamed, service))
        {
        }

        Rewrite(document, renamed);
        foreach (var (kind, named) in own)
        {
            var target = all[kind] as JsonObject ?? (JsonObject)(all[kind] = new JsonObject());
            foreach (var (name, component) in named as JsonObject ?? [])
            {
                var final = renamed.TryGetValue($"#/components/{kind}/{name}", out var to) ? to[(to.LastIndexOf('/') + 1)..] : name;
                target.TryAdd(final, component?.DeepClone());
            }
        }
    }

    private static bool Spread(JsonObject all, JsonObject own, Dictionary<string, string> renamed, string service)
    {
        var more = false;
        foreach (var (kind, named) in own)
        {
            foreach (var (name, component) in named as JsonObject ?? [])
            {
                if (all[kind]?[name] is not null && RefersTo(component, renamed))
                {
                    more |= renamed.TryAdd($"#/components/{kind}/{name}", $"#/components/{kind}/{Prefixed(service, name)}");
                }
            }
        }

        return more;
    }

    private static bool RefersTo(JsonNode? node, Dictionary<string, string> targets) => node switch
    {
        JsonObject with => with.Any(member => IsRef(member, out var to) ? targets.ContainsKey(to) : RefersTo(member.Value, targets)),
        JsonArray list => list.Any(item => RefersTo(item, targets)),
        _ => false,
    };

    private static void Rewrite(JsonNode? node, Dictionary<string, string> renamed)
    {
        if (node is JsonObject with)
        {
            foreach (var member in with.ToArray())
            {
                if (!IsRef(member, out var to))
                {
                    Rewrite(member.Value, renamed);
                }
                else if (renamed.TryGetValue(to, out var final))
                {
                    with[Ref] = final;
                }
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Rewrite(item, renamed);
            }
        }
    }

    private static bool IsRef(KeyValuePair<string, JsonNode?> member, out string target)
    {
        target = member.Key == Ref && member.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        return target.Length > 0;
    }

    private static string Prefixed(string service, string name) => char.ToUpperInvariant(service[0]) + service[1..] + name;
}
