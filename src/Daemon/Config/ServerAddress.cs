using System.Net;

namespace Agents.Daemon.Config;

/// <summary>Where the server is. People write it in many ways, as <c>https</c>, <c>wss</c> or <c>host:port</c>; all mean the same door.</summary>
internal sealed record ServerAddress(Uri Http)
{
    public Uri Socket => new UriBuilder(Http) { Scheme = Http.Scheme is "https" ? "wss" : "ws" }.Uri;

    /// <param name="tls">For an address without a scheme; left out, only this machine itself is spoken to in clear text.</param>
    public static bool TryParse(string text, bool? tls, out ServerAddress address, out string problem)
    {
        address = new(new Uri("http://localhost"));
        problem = "";
        text = text.Trim();
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        // A scheme without a port of its own, so that "host:443" and "host" stay apart.
        if (!Uri.TryCreate(hasScheme ? text : $"agents://{text}", UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            problem = $"'{text}' is no server address; write it as https://agents.example.com or host:port.";
            return false;
        }

        var secure = !hasScheme ? tls ?? !IsThisMachine(uri) : uri.Scheme switch
        {
            "https" or "wss" => true,
            "http" or "ws" => false,
            _ => (bool?)null,
        };
        if (secure is null)
        {
            problem = $"'{uri.Scheme}' is not spoken here; use https, http, wss or ws.";
        }
        else if (hasScheme && tls is not null && tls != secure)
        {
            problem = $"'{text}' and tls: {(tls.Value ? "true" : "false")} contradict each other; leave tls out or change the address.";
        }
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0)
        {
            problem = "A server address has no user name and no query in it.";
        }
        else
        {
            var port = hasScheme && uri.IsDefaultPort ? -1 : uri.Port;
            address = new(new UriBuilder(secure.Value ? "https" : "http", uri.Host, port, uri.AbsolutePath.TrimEnd('/') + "/").Uri);
        }

        return problem.Length == 0;
    }

    public static ServerAddress Parse(string text, bool? tls = null) =>
        TryParse(text, tls, out var address, out var problem) ? address : throw new Failure(ExitCode.Usage, problem);

    public override string ToString() => Http.AbsoluteUri.TrimEnd('/');

    private static bool IsThisMachine(Uri uri) =>
        uri.Host is "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
