using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Identity;

[Collection(WholeApp.Name)]
public sealed class KeysTests(AgentsApp app)
{
    [Fact(DisplayName = "A key acts for its owner with its own roles, is shown once, and is dead when deleted")]
    public async Task Life()
    {
        var person = await app.PersonAsync("operator");
        var made = await person.Api.PostAsync("/api/v1/auth/keys", new { name = "nightly", roles = new[] { "viewer" } });
        var script = app.Anonymous().With(made.Text("key"));

        var me = await script.GetAsync("/api/v1/auth/me");
        var listed = await person.Api.GetAsync("/api/v1/auth/keys");
        (await person.Api.DeleteAsync($"/api/v1/auth/keys/{made.Text("id")}")).Is(200, 0);

        Assert.Equal((person.Id, "viewer"), (me.Text("id"), me.Data.GetProperty("roles")[0].GetString()));
        Assert.DoesNotContain(made.Text("key"), listed.Data.GetRawText());
        await Eventually.TrueAsync(
            async () => (await script.GetAsync("/api/v1/auth/me")).Code is 1002, TimeSpan.FromSeconds(5), "the deleted key is refused");
    }

    [Fact(DisplayName = "A key can't have more than its maker, nor be another's to delete")]
    public async Task Scope()
    {
        var (person, other) = (await app.PersonAsync("user"), await app.PersonAsync("user"));

        var more = await person.Api.PostAsync("/api/v1/auth/keys", new { name = "more", roles = new[] { "admin" } });
        var mine = await person.Api.PostAsync("/api/v1/auth/keys", new { name = "mine" });

        more.Is(400, 1001);
        (await other.Api.DeleteAsync($"/api/v1/auth/keys/{mine.Text("id")}")).Is(404, 2001);
    }

    [Fact(DisplayName = "A key dies with its owner's account, and shrinks with its owner's roles")]
    public async Task Owner()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("operator"));
        var script = app.Anonymous().With((await person.Api.PostAsync("/api/v1/auth/keys", new { name = "k", roles = new[] { "operator", "viewer" } })).Text("key"));
        (await script.GetAsync("/api/v1/auth/me")).Is(200, 0);

        await admin.PatchAsync($"/api/v1/users/{person.Id}", new { roles = new[] { "viewer" } });
        await Eventually.TrueAsync(
            async () => (await script.GetAsync("/api/v1/auth/me")) is { Status: 200 } me && me.Data.GetProperty("roles").GetArrayLength() is 1,
            TimeSpan.FromSeconds(5),
            "the key has what its owner still has");
        await admin.PatchAsync($"/api/v1/users/{person.Id}", new { disabled = true });
        await Eventually.TrueAsync(
            async () => (await script.GetAsync("/api/v1/auth/me")).Code is 1002, TimeSpan.FromSeconds(5), "the key is refused");
    }

    [Theory(DisplayName = "What is no key of ours is refused")]
    [InlineData("ak_nonsense")]
    [InlineData("ak_")]
    public async Task Nonsense(string key) => (await app.Anonymous().With(key).GetAsync("/api/v1/auth/me")).Is(401, 1002);

    [Fact(DisplayName = "A socket ticket is good once, for who asked for it, for thirty seconds")]
    public async Task Ticket()
    {
        var ticket = await (await app.PersonAsync("viewer")).Api.PostAsync("/api/v1/auth/ws-ticket");

        ticket.Is(200, 0);
        Assert.Equal(30, ticket.Data.GetProperty("expires_in").GetInt32());
        Assert.NotEmpty(ticket.Text("ticket"));
        (await app.Anonymous().PostAsync("/api/v1/auth/ws-ticket")).Is(401, 1002);
    }
}
