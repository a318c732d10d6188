using Agents.Gateway.Forwarded;

namespace Agents.Gateway.Headers;

/// <summary>What a browser must be told with every answer.</summary>
internal static class SecurityHeaders
{
    /// <summary>An answer of the API is no page: nothing in it may run or be framed.</summary>
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    private const string TransportPolicy = "max-age=31536000";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use(static (context, next) =>
    {
        // At the last moment, because the error handler clears what is set early.
        context.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    /// <summary>Sockets are named for browsers in which 'self' does not cover them.</summary>
    public static string PagePolicy(HttpRequest request)
    {
        var host = request.Host.Value ?? "";
        var sockets = Hosts.IsPlain(host) ? $" {(request.IsHttps ? "wss" : "ws")}://{host}" : "";
        return "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + $"connect-src 'self'{sockets}; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Remove("Server");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = DataPolicy;
        }

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = TransportPolicy;
        }
    }
}
