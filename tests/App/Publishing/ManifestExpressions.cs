using System.Text.Json;
using System.Text.RegularExpressions;

namespace Agents.Tests.App.Publishing;

/// <summary>Every <c>{a.b.c}</c> in a manifest has to resolve to something in it, and what is secret has to be such an expression.</summary>
internal static partial class ManifestExpressions
{
    private static readonly string[] BindingParts = ["url", "host", "port", "scheme", "targetPort"];

    public static IEnumerable<string> Violations(JsonElement resources) =>
        resources.EnumerateObject().SelectMany(resource => Texts(resource.Name, resource.Value)).SelectMany(text =>
            Unresolved(resources, text.Value).Concat(InClear(text.Name, text.Value)).Select(problem => $"{text.Name}: {problem}"));

    private static IEnumerable<(string Name, string Value)> Texts(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [(name, element.GetString()!)],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(child => Texts($"{name}.{child.Name}", child.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(child => Texts($"{name}[]", child)),
        _ => [],
    };

    private static IEnumerable<string> Unresolved(JsonElement resources, string text)
    {
        var plain = Expression().Replace(text.Replace("{{", "", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal), "");
        if (plain.AsSpan().ContainsAny('{', '}'))
        {
            yield return $"a brace without its pair in {text}";
        }

        var expressions = Expression().Matches(text.Replace("{{", "", StringComparison.Ordinal)).Select(match => match.Groups[1].Value);
        foreach (var expression in expressions.Where(expression => !Resolves(resources, expression.Split('.'))))
        {
            yield return $"{{{expression}}} resolves to nothing";
        }
    }

    private static bool Resolves(JsonElement resources, string[] path) =>
        resources.TryGetProperty(path[0], out var resource) && path[1..] switch
        {
            ["connectionString"] => resource.TryGetProperty("connectionString", out _),
            ["value"] => resource.GetProperty("type").GetString() == "parameter.v0",
            ["inputs", var input] => resource.TryGetProperty("inputs", out var inputs) && inputs.TryGetProperty(input, out _),
            ["bindings", var binding, var part] => resource.TryGetProperty("bindings", out var bindings)
                && bindings.TryGetProperty(binding, out _) && BindingParts.Contains(part),
            _ => false,
        };

    // By the name of the variable or, in a connection string, of the key.
    private static IEnumerable<string> InClear(string name, string text)
    {
        if (SecretName().IsMatch(name) && name.Contains(".env.", StringComparison.Ordinal) && !WholeExpression().IsMatch(text))
        {
            yield return "a secret in clear text";
        }

        foreach (var match in SecretInText().Matches(text).Where(match => !WholeExpression().IsMatch(match.Groups[1].Value)))
        {
            yield return $"a secret in clear text ({match.Value.Split('=')[0]})";
        }
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\{[^{}]+\}$")]
    private static partial Regex WholeExpression();

    [GeneratedRegex("PASSWORD|SECRET|TOKEN|_KEY$")]
    private static partial Regex SecretName();

    [GeneratedRegex("password=([^;,]*)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretInText();
}
