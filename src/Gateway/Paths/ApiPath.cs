namespace Agents.Gateway.Paths;

/// <summary>What a path means before anything is routed by it. Pure.</summary>
internal static class ApiPath
{
    public const string Prefix = "/api";
    private const string Version = "v1";

    /// <summary>
    /// A path comes here decoded once and without dot segments. What could still be read differently by whoever
    /// decodes again has no meaning in our API, so it leads nowhere.
    /// </summary>
    public static bool IsPlain(ReadOnlySpan<char> path) =>
        !path.ContainsAny('%', '\\') && !path.Contains("//", StringComparison.Ordinal) && !path.ContainsAnyInRange('\0', '\x1f');

    /// <summary><c>/api/tasks</c> is <c>/api/v1/tasks</c>; null where the path stays as it is.</summary>
    public static string? Canonical(string path)
    {
        if (!IsUnder(path, Prefix) || path.Length <= Prefix.Length + 1)
        {
            return null;
        }

        var rest = path.AsSpan(Prefix.Length + 1);
        var end = rest.IndexOf('/');
        var first = end < 0 ? rest : rest[..end];
        return first.Equals(Version, StringComparison.OrdinalIgnoreCase) ? null : $"{Prefix}/{Version}/{rest}";
    }

    /// <summary>Is it the path itself, or something below it?</summary>
    public static bool IsUnder(ReadOnlySpan<char> path, ReadOnlySpan<char> root) =>
        path.StartsWith(root, StringComparison.OrdinalIgnoreCase) && (path.Length == root.Length || path[root.Length] == '/');
}
