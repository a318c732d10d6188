using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Agents.Contracts.Identity;

namespace Agents.Gateway.Edge;

/// <summary>
/// A cookie comes along with whatever a browser sends, so it proves nothing about who wrote the request. A request that
/// changes something has to prove that a page of ours did: by its origin, and by knowing a cookie that only such a page can read.
/// </summary>
internal static class PageProof
{
    /// <summary>Null where the proof is good, else what is wrong with it.</summary>
    public static string? Fault(HttpRequest request, OwnOrigins origins)
    {
        if (!origins.Allow(request.Headers.Origin, request.Scheme, request.Host))
        {
            return "A change with the session cookie must come from a page of ours: the Origin header is missing, or is neither our own host nor in AGENTS_CORS_ORIGINS.";
        }

        return Same(request.Cookies[SessionCookieNames.Csrf], request.Headers[SessionCookieNames.CsrfHeader].ToString())
            ? null
            : $"A change with the session cookie wants the header {SessionCookieNames.CsrfHeader}, equal to the cookie {SessionCookieNames.Csrf}.";
    }

    /// <summary>CONNECT is how HTTP/2 opens a socket; those have a check of their own.</summary>
    public static bool IsWantedFor(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsConnect(method);

    private static bool Same(string? cookie, string header) =>
        cookie is { Length: > 0 }
        && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(cookie.AsSpan()), MemoryMarshal.AsBytes(header.AsSpan()));
}
