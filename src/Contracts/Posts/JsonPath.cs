using System.Text.RegularExpressions;

namespace Agents.Contracts.Posts;

/// <summary>Where something stands in JSON: <c>limits.cpu</c>, <c>skills[0]</c>, <c>labels["a.b"]</c>.</summary>
public static partial class JsonPath
{
    public static string Of(string parent, string name) => !Simple().IsMatch(name) ? $"{parent}[\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]"
        : parent.Length == 0 ? name
        : $"{parent}.{name}";

    public static string Of(string parent, int index) => $"{parent}[{index}]";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]*$")]
    private static partial Regex Simple();
}
