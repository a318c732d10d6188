using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Secrets;

namespace Agents.Identity.Sessions;

/// <summary>Where a page keeps its session: two cookies that no script can read, and one that proves the script is ours.</summary>
internal static class SessionCookies
{
    /// <summary>Refresh tokens travel only to where they are used, whichever prefix the page calls it by.</summary>
    private static readonly string[] RefreshPaths = ["/api/v1/auth/refresh", "/api/auth/refresh"];

    public static TokenReply Set(HttpContext context, TokenReply tokens)
    {
        context.Response.Cookies.Append(SessionCookieNames.Access, tokens.AccessToken!, Options(context, "/", AccessToken.Lifetime));
        foreach (var path in RefreshPaths)
        {
            context.Response.Cookies.Append(SessionCookieNames.Refresh, tokens.RefreshToken!, Options(context, path, Session.IdleLimit));
        }

        var readable = Options(context, "/", Session.IdleLimit);
        readable.HttpOnly = false;
        context.Response.Cookies.Append(SessionCookieNames.Csrf, Opaque.New(""), readable);
        return tokens with { AccessToken = null, RefreshToken = null };
    }

    public static void Clear(HttpContext context)
    {
        context.Response.Cookies.Delete(SessionCookieNames.Access, Options(context, "/", null));
        context.Response.Cookies.Delete(SessionCookieNames.Csrf, Options(context, "/", null));
        foreach (var path in RefreshPaths)
        {
            context.Response.Cookies.Delete(SessionCookieNames.Refresh, Options(context, path, null));
        }
    }

    private static CookieOptions Options(HttpContext context, string path, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        // The gateway ends TLS and says so.
        Secure = context.Request.IsHttps || context.Request.Headers["X-Forwarded-Proto"] == "https",
        Path = path,
        MaxAge = maxAge,
    };
}
