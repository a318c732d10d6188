using System.Text.Json;

namespace Agents.Tests.App.Publishing;

/// <summary>
/// What the published schema (aspire-8.0.json) and azd, its reader, ask of a manifest, as far as our four types of resource go.
/// The answer is every sentence that is to say against it.
/// </summary>
internal sealed class ManifestRules(JsonElement manifest, string folder)
{
    // Field names by type; the required ones first, up to the bar.
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["project.v0"] = "type path | args env bindings",
        ["container.v0"] = "type image | entrypoint args connectionString env bindings bindMounts volumes",
        ["parameter.v0"] = "type value inputs | connectionString",
        ["value.v0"] = "type connectionString |",
    };

    private readonly List<string> _violations = [];
    private readonly JsonElement _resources = manifest.GetProperty("resources");

    public static IReadOnlyList<string> Violations(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return Violations(document.RootElement, Path.GetDirectoryName(file)!);
    }

    public static IReadOnlyList<string> Violations(JsonElement manifest, string folder)
    {
        var rules = new ManifestRules(manifest, folder);
        rules.Check();
        return rules._violations;
    }

    private void Check()
    {
        CheckFields("manifest", manifest, "$schema resources |");
        foreach (var resource in _resources.EnumerateObject())
        {
            CheckResource(resource.Name, resource.Value);
        }

        _violations.AddRange(ManifestDoor.Violations(_resources));
        _violations.AddRange(ManifestExpressions.Violations(_resources));
    }

    private void CheckResource(string name, JsonElement resource)
    {
        var type = resource.GetProperty("type").GetString()!;
        if (!Fields.TryGetValue(type, out var fields))
        {
            _violations.Add($"{name}: type {type} is none that every reader knows");
            return;
        }

        CheckFields(name, resource, fields);
        foreach (var binding in Children(resource, "bindings"))
        {
            CheckBinding($"{name}.bindings.{binding.Name}", binding.Value);
        }

        foreach (var input in Children(resource, "inputs"))
        {
            CheckInput($"{name}.inputs.{input.Name}", input.Value);
        }

        foreach (var variable in Children(resource, "env").Where(v => v.Value.ValueKind != JsonValueKind.String))
        {
            _violations.Add($"{name}.env.{variable.Name}: not a string");
        }

        if (type == "project.v0" && resource.TryGetProperty("path", out var path))
        {
            CheckPath(name, path.GetString()!);
        }
    }

    private void CheckBinding(string name, JsonElement binding)
    {
        CheckFields(name, binding, "scheme protocol transport | external targetPort port");
        CheckOneOf(name, binding, "scheme", "http", "https", "tcp", "udp");
        CheckOneOf(name, binding, "protocol", "tcp", "udp");
        CheckOneOf(name, binding, "transport", "http", "http2", "tcp");
        if (Text(binding, "scheme") == "tcp" && !binding.TryGetProperty("targetPort", out _))
        {
            _violations.Add($"{name}: tcp without a target port");
        }

        foreach (var port in new[] { "port", "targetPort" })
        {
            if (binding.TryGetProperty(port, out var number) && !(number.TryGetInt32(out var value) && value is > 0 and <= ushort.MaxValue))
            {
                _violations.Add($"{name}.{port}: not a port");
            }
        }
    }

    private void CheckInput(string name, JsonElement input)
    {
        CheckFields(name, input, "type | secret default");
        CheckOneOf(name, input, "type", "string");
        var secret = input.TryGetProperty("secret", out var flag) && flag.GetBoolean();
        foreach (var way in Children(input, "default"))
        {
            switch (way.Name)
            {
                case "generate":
                    CheckFields($"{name}.default.generate", way.Value,
                        "minLength | lower upper numeric special minLower minUpper minNumeric minSpecial");
                    break;
                case "value" when !secret:
                    break;
                default:
                    _violations.Add($"{name}.default.{way.Name}: not a way to get a {(secret ? "secret" : "value")}");
                    break;
            }
        }
    }

    private void CheckPath(string name, string path)
    {
        if (Path.IsPathRooted(path) || path.Contains('\\'))
        {
            _violations.Add($"{name}.path: {path} is not relative with forward slashes");
        }
        else if (!File.Exists(Path.Combine(folder, path)))
        {
            _violations.Add($"{name}.path: there is no {path} from where the manifest lies");
        }
    }

    private void CheckFields(string name, JsonElement element, string fields)
    {
        var parts = fields.Split('|');
        var required = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var allowed = required.Concat(parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        var present = element.EnumerateObject().Select(field => field.Name).ToHashSet();

        _violations.AddRange(required.Except(present).Select(field => $"{name}: {field} is missing"));
        _violations.AddRange(present.Except(allowed).Select(field => $"{name}: {field} is not a field"));
    }

    private void CheckOneOf(string name, JsonElement element, string field, params string[] values)
    {
        if (Text(element, field) is { } value && !values.Contains(value))
        {
            _violations.Add($"{name}.{field}: {value} is none of {string.Join(", ", values)}");
        }
    }

    private static IEnumerable<JsonProperty> Children(JsonElement element, string field) =>
        element.TryGetProperty(field, out var found) ? found.EnumerateObject() : [];

    private static string? Text(JsonElement element, string field) =>
        element.TryGetProperty(field, out var found) ? found.GetString() : null;
}
