using System.Net.Http.Headers;
using System.Text;
using Refit;

namespace Agents.Tests.StandIns.Refit;

public sealed class VerbTests(Echo echo) : IClassFixture<Echo>
{
    private readonly IVerbs _verbs = RestService.For<IVerbs>(echo.Client());

    [Fact]
    public async Task Get_NoArguments_SendsFixedHeaders()
    {
        var seen = await _verbs.GetAsync();

        Assert.Equal(("GET", "/things", ""), (seen.Method, seen.Target, seen.Body));
        Assert.Equal("yes", seen.Headers["X-Everywhere"]);
        Assert.Equal("no", seen.Headers["X-Dropped"]);
    }

    [Fact]
    public async Task Post_Body_GoesThroughTheSerializer()
    {
        var seen = await _verbs.PostAsync(new Thing("ä", 3), TestContext.Current.CancellationToken);

        Assert.Equal("POST", seen.Method);
        Assert.Equal("application/json; charset=utf-8", seen.Headers["Content-Type"]);
        Assert.Equal(new Thing("ä", 3), System.Text.Json.JsonSerializer.Deserialize<Thing>(seen.Body, SystemTextJsonContentSerializer.GetDefaultJsonSerializerOptions()));
    }

    [Fact]
    public async Task Put_BufferedBody_HasALength()
    {
        var seen = await _verbs.PutAsync("7", new Thing("a", 1));

        Assert.Equal(("PUT", "/things/7", """{"name":"a","size":1}"""), (seen.Method, seen.Target, seen.Body));
        Assert.Equal("21", seen.Headers["Content-Length"]);
    }

    [Fact]
    public async Task Patch_HeadersOfTheMethod_AddAndTakeAway()
    {
        var id = Guid.CreateVersion7();
        var seen = await _verbs.PatchAsync(id, new MemoryStream("raw"u8.ToArray()));

        Assert.Equal(("PATCH", $"/things/{id}", "raw"), (seen.Method, seen.Target, seen.Body));
        Assert.Equal("a: b", seen.Headers["X-Own"]);
        Assert.Equal("de", seen.Headers["Content-Language"]);
        Assert.False(seen.Headers.ContainsKey("X-Dropped"));
    }

    [Fact]
    public async Task Delete_NoReply_IsAwaited() => await _verbs.DeleteAsync(4);

    [Fact]
    public async Task Head_Message_IsHandedOver()
    {
        using var message = await _verbs.HeadAsync();

        Assert.Equal("HEAD", message.Headers.GetValues("X-Echo").Single());
    }

    [Fact]
    public async Task Options_HeaderArguments_NullIsLeftOut()
    {
        var seen = await _verbs.OptionsAsync("a\r\nX-Smuggled: b", null);

        Assert.Equal("OPTIONS", seen.Method);
        Assert.Equal("aX-Smuggled: b", seen.Headers["X-Token"]);
        Assert.False(seen.Headers.ContainsKey("X-At"));
        Assert.False(seen.Headers.ContainsKey("X-Smuggled"));
    }

    [Fact]
    public async Task Post_StringBody_GoesAsItIsUnlessSerialized()
    {
        Assert.Equal("a \"b\"", (await _verbs.PostTextAsync("a \"b\"")).Body);
        Assert.Equal("\"a\"", (await _verbs.PostJsonTextAsync("a")).Body);
        Assert.Equal("null", (await _verbs.PostJsonTextAsync(null)).Body);
    }

    [Fact]
    public async Task Post_ContentBody_KeepsItsType()
    {
        using var content = new StringContent("<a/>", Encoding.UTF8, new MediaTypeHeaderValue("text/xml"));
        var seen = await _verbs.PostContentAsync(content);

        Assert.Equal("<a/>", seen.Body);
        Assert.Equal("text/xml", seen.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Post_NoBody_SaysSo() => Assert.Equal("0", (await _verbs.PostNothingAsync()).Headers["Content-Length"]);
}
