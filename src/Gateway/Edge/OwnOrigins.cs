using Microsoft.Extensions.Primitives;

namespace Agents.Gateway.Edge;

/// <summary>Whose pages may use a person's session: our own, and those of AGENTS_CORS_ORIGINS.</summary>
internal sealed class OwnOrigins(IReadOnlyCollection<string> _listed)
{
    private readonly HashSet<string> _listed = new(_listed, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Listed => _listed;

    /// <exception cref="BadSetting">An entry is no origin; <c>*</c> is none, as it would open every session to every page.</exception>
    public static OwnOrigins Parse(string? setting) =>
        new([.. (setting ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Origin)]);

    /// <summary>Does the request come from such a page? No Origin at all is no.</summary>
    public bool Allow(StringValues origin, string scheme, HostString host) =>
        origin is [{ Length: > 0 } from] && (IsOwn(from, scheme, host) || _listed.Contains(from));

    private static bool IsOwn(ReadOnlySpan<char> origin, ReadOnlySpan<char> scheme, HostString host) =>
        host.Value is { Length: > 0 } own
        && origin.Length == scheme.Length + 3 + own.Length
        && origin.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
        && origin[scheme.Length..].StartsWith("://", StringComparison.Ordinal)
        && origin.EndsWith(own, StringComparison.OrdinalIgnoreCase);

    private static string Origin(string entry) =>
        Uri.TryCreate(entry, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : throw new BadSetting($"AGENTS_CORS_ORIGINS says '{entry}', which is no origin. Write it like https://admin.example.com.");
}
