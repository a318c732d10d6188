using Agents.Gateway.Edge;
using Microsoft.AspNetCore.Http;

namespace Agents.Tests.Units.Gateway;

public sealed class PageProofTests
{
    private static string? Fault(string? origin, string? cookie, string? header)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = ("http", new("localhost:8080"));
        request.Headers.Origin = origin;
        request.Headers.Cookie = cookie is null ? default : $"agents_access=x; agents_csrf={cookie}";
        request.Headers["X-CSRF-Token"] = header;
        return PageProof.Fault(request, OwnOrigins.Parse(null));
    }

    [Fact]
    public void Fault_OwnPageThatKnowsTheCookie_IsNone() => Assert.Null(Fault("http://localhost:8080", "secret", "secret"));

    [Theory]
    [InlineData(null)]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost:8081")]
    public void Fault_OtherOriginOrNone_IsTheOrigin(string? origin) => Assert.Contains("Origin", Fault(origin, "secret", "secret"));

    [Theory]
    [InlineData("secret", null)]
    [InlineData("secret", "other!")]
    [InlineData("secret", "secret2")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData(null, "secret")]
    public void Fault_TokenThatDiffersOrIsMissing_IsTheToken(string? cookie, string? header) =>
        Assert.Contains("X-CSRF-Token", Fault("http://localhost:8080", cookie, header));

    [Theory]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("OPTIONS", false)]
    [InlineData("CONNECT", false)]
    [InlineData("POST", true)]
    [InlineData("DELETE", true)]
    [InlineData("FROBNICATE", true)]
    public void IsWantedFor_WhatCanChangeThings(string method, bool wanted) => Assert.Equal(wanted, PageProof.IsWantedFor(method));
}
