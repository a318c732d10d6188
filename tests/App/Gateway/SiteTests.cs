using System.Text.Json.Nodes;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Gateway;

[Collection(WholeApp.Name)]
public sealed class SiteTests(AgentsApp app)
{
    private async Task<(HttpResponseMessage Response, string Text)> PageAsync(string path)
    {
        var response = await app.Anonymous().RawAsync(HttpMethod.Get, path, null, ("Accept", "text/html"));
        return (response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory(DisplayName = "Any address of the admin is its page, never kept")]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/devices/some.device")]
    public async Task Fallback(string path)
    {
        var (response, text) = await PageAsync(path);

        Assert.Contains("<div id=\"root\">", text);
        Assert.True(response.Headers.CacheControl!.NoCache);
    }

    [Fact(DisplayName = "What the page loads is kept for ever, compressed where the browser takes it")]
    public async Task Assets()
    {
        var (_, text) = await PageAsync("/");
        var script = System.Text.RegularExpressions.Regex.Match(text, "/assets/[^\"]+\\.js").Value;

        using var asset = await app.Anonymous().RawAsync(HttpMethod.Get, script, null, ("Accept-Encoding", "gzip"));

        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString());
        Assert.Equal(TimeSpan.FromDays(365), asset.Headers.CacheControl.MaxAge);
        Assert.Equal("gzip", asset.Content.Headers.ContentEncoding.Single());
        Assert.Equal("text/javascript", asset.Content.Headers.ContentType!.MediaType);
    }

    [Theory(DisplayName = "What is missing is missing, not the page")]
    [InlineData("/assets/none.js")]
    [InlineData("/api/v1/none")]
    public async Task Missing(string path) => Assert.Equal(404, (int)(await PageAsync(path)).Response.StatusCode);

    [Fact(DisplayName = "The API document is joined from all services, and /docs shows it")]
    public async Task Documents()
    {
        var document = await app.Anonymous().RawAsync(HttpMethod.Get, "/openapi/v1.json");
        var text = await document.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("/api/v1/auth/login", text);
        Assert.Contains("/api/v1/system/health", text);
        Assert.DoesNotContain("/internal", text);
        Assert.Contains("text/html", (await PageAsync("/docs/")).Response.Content.Headers.ContentType!.ToString());
    }

    [Fact(DisplayName = "The recorded document that the page's types are made from is the one that is served")]
    public async Task Recorded()
    {
        var served = await (await app.Anonymous().RawAsync(HttpMethod.Get, "/openapi/v1.json")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var file = Path.Combine(Publishing.AppHostProcess.RepositoryRoot, "src", "Web", "openapi.json");
        var recorded = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        // The order of the paths says nothing.
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(recorded)),
            $"Record it again: curl -s http://localhost:8080/openapi/v1.json > {Path.GetRelativePath(Publishing.AppHostProcess.RepositoryRoot, file)}");
    }
}
