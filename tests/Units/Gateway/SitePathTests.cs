using Agents.Gateway.Statics;

namespace Agents.Tests.Units.Gateway;

public sealed class SitePathTests
{
    [Theory]
    [InlineData("/api/nothing", true)]
    [InlineData("/API", true)]
    [InlineData("/Internal/x", true)]
    [InlineData("/ws/none", true)]
    [InlineData("/openapi/v2.json", true)]
    [InlineData("/apis", false)]
    [InlineData("/tasks", false)]
    public void IsReserved_WhatIsNoPage(string path, bool reserved) => Assert.Equal(reserved, SitePath.IsReserved(path));

    [Theory]
    [InlineData("/tasks/123", "text/html,*/*", true)]
    [InlineData("/", "text/html", true)]
    [InlineData("/tasks/123", "*/*", false)]
    [InlineData("/tasks/123", "application/json", false)]
    [InlineData("/devices/build.example.com", "text/html", true)]
    [InlineData("/assets/missing.js", "text/html", false)]
    [InlineData("/docs/missing", "text/html", false)]
    public void IsPage_WhereABrowserAsksForOne(string path, string accept, bool page) => Assert.Equal(page, SitePath.IsPage(path, accept));

    [Theory]
    [InlineData("/", "index.html")]
    [InlineData("/docs", "docs/index.html")]
    [InlineData("/docs/", "docs/index.html")]
    [InlineData("/assets/a.js", "assets/a.js")]
    public void FileFor_Path(string path, string file) => Assert.Equal(file, SitePath.FileFor(path));

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1.0, br;q=0", "gzip")]
    [InlineData("brotli", "")]
    [InlineData("", "")]
    public void EncodingFor_IsTheBestThatIsAccepted(string accepted, string encoding) => Assert.Equal(encoding, SitePath.EncodingFor(accepted));
}
