using System.Net;
using System.Net.Http.Json;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Gateway;

/// <summary>What a browser brings: cookies, an Origin, a preflight.</summary>
[Collection(WholeApp.Name)]
public sealed class BrowserEdgeTests(AgentsApp app)
{
    private string Own => app.App.GetEndpoint("gateway").GetLeftPart(UriPartial.Authority);

    [Fact(DisplayName = "A page signs in with cookies: HttpOnly, Strict, no token in the body")]
    public async Task Cookies()
    {
        var (answer, cookies) = await SignInAsync();

        Assert.Null(answer.Data.GetProperty("access_token").GetString());
        Assert.Null(answer.Data.GetProperty("refresh_token").GetString());
        Assert.All(cookies, cookie => Assert.Contains("samesite=strict", cookie));
        Assert.All(cookies.Where(cookie => !cookie.StartsWith("agents_csrf", StringComparison.Ordinal)), cookie => Assert.Contains("httponly", cookie));
        (await app.Anonymous().GetAsync("/api/v1/auth/me", ("Cookie", Header(cookies)))).Is(200, 0);
    }

    [Fact(DisplayName = "An unsafe request by cookie wants our Origin and the page's proof")]
    public async Task Csrf()
    {
        var (_, cookies) = await SignInAsync();
        var cookie = ("Cookie", Header(cookies));
        var proof = ("X-CSRF-Token", cookies.Single(c => c.StartsWith("agents_csrf", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1]);
        var api = app.Anonymous();

        (await api.PostAsync("/api/v1/auth/ws-ticket", null, cookie)).Is(403, 1003);
        (await api.PostAsync("/api/v1/auth/ws-ticket", null, cookie, ("Origin", Own))).Is(403, 1003);
        (await api.PostAsync("/api/v1/auth/ws-ticket", null, cookie, proof)).Is(403, 1003);
        (await api.PostAsync("/api/v1/auth/ws-ticket", null, cookie, proof, ("Origin", "https://evil.example"))).Is(403, 1003);
        (await api.PostAsync("/api/v1/auth/ws-ticket", null, cookie, ("X-CSRF-Token", "guess"), ("Origin", Own))).Is(403, 1003);
        (await api.PostAsync("/api/v1/auth/refresh", null, cookie)).Is(403, 1003);
        (await api.PostAsync("/api/v1/auth/ws-ticket", null, cookie, proof, ("Origin", Own))).Is(200, 0);
        (await api.PostAsync("/api/v1/auth/refresh", null, cookie, proof, ("Origin", Own))).Is(200, 0);
    }

    [Fact(DisplayName = "Stale cookies are no obstacle to signing in")]
    public async Task Stale() =>
        (await app.Anonymous().PostAsync(
            "/api/v1/auth/login", new { email = "admin@localhost", password = AgentsApp.AdminPassword }, ("Cookie", "agents_access=old; agents_csrf=old"))).Is(200, 0);

    [Fact(DisplayName = "A site on the list may call, with credentials; no other may")]
    public async Task Cors()
    {
        var listed = await PreflightAsync(AgentsApp.Friend);
        var other = await PreflightAsync("https://evil.example");

        Assert.Equal(AgentsApp.Friend, listed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("true", listed.Headers.GetValues("Access-Control-Allow-Credentials").Single());
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact(DisplayName = "A socket from a page of another site is refused at the door")]
    public async Task SocketOrigin()
    {
        var answer = await app.Anonymous().GetAsync(
            "/ws?role=client", ("Origin", "https://evil.example"), ("Connection", "Upgrade"), ("Upgrade", "websocket"),
            ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));

        answer.Is(403, 1003);
    }

    [Fact(DisplayName = "Answers carry the headers that keep a page safe; without TLS no HSTS")]
    public async Task SecurityHeaders()
    {
        using var page = await app.Anonymous().RawAsync(HttpMethod.Get, "/", null, ("Accept", "text/html"));

        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
        Assert.False(page.Headers.Contains("Server"));
    }

    private async Task<(Answer Answer, string[] Cookies)> SignInAsync()
    {
        var api = app.Anonymous();
        using var response = await api.RawAsync(
            HttpMethod.Post, "/api/v1/auth/login", JsonContent.Create(new { email = "admin@localhost", password = AgentsApp.AdminPassword, cookie = true }));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var envelope = await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(TestContext.Current.CancellationToken);
        return (
            new(200, 0, "", envelope.GetProperty("data"), "", response.Headers),
            [.. response.Headers.GetValues("Set-Cookie").Where(cookie => !cookie.Contains("path=/api/auth", StringComparison.Ordinal))]);
    }

    private static string Header(IEnumerable<string> cookies) => string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0]));

    private Task<HttpResponseMessage> PreflightAsync(string origin) => app.Anonymous().RawAsync(
        HttpMethod.Options, "/api/v1/users", null,
        ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,x-csrf-token"));
}
