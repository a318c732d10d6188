using Agents.Gateway.Paths;

namespace Agents.Gateway.Statics;

/// <summary>Which file a path stands for. Pure.</summary>
internal static class SitePath
{
    public const string Index = "index.html";
    public const string Docs = "docs/index.html";

    /// <summary>Never the site's: an address of an API that does not exist must not look like a page that does.</summary>
    private static readonly string[] Reserved = ["/api", "/ws", "/openapi", "/internal", "/proto.AgentService", "/.well-known"];

    public static bool IsReserved(string path)
    {
        foreach (var root in Reserved)
        {
            if (ApiPath.IsUnder(path, root))
            {
                return true;
            }
        }

        return false;
    }

    public static string FileFor(string path) => path.Trim('/') switch
    {
        "" => Index,
        "docs" => Docs,
        var file => file,
    };

    /// <summary>
    /// An address within the web app: a browser asks for a page there. A dot makes it no file: a device's id may have one.
    /// </summary>
    public static bool IsPage(string path, string accept) =>
        accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) && !ApiPath.IsUnder(path, "/assets") && !ApiPath.IsUnder(path, "/docs");

    public static string EncodingFor(string accepted) =>
        Accepts(accepted, "br") ? "br" : Accepts(accepted, "gzip") ? "gzip" : "";

    private static bool Accepts(string accepted, string encoding)
    {
        foreach (var range in accepted.AsSpan().Split(','))
        {
            var entry = accepted.AsSpan(range).Trim();
            if (entry.StartsWith(encoding, StringComparison.OrdinalIgnoreCase))
            {
                var rest = entry[encoding.Length..].Trim();
                return rest.IsEmpty || (rest[0] == ';' && !rest.EndsWith("q=0") && !rest.EndsWith("q=0.0"));
            }
        }

        return false;
    }
}
