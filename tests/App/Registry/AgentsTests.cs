using System.Net.Http.Json;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

[Collection(WholeApp.Name)]
public sealed class AgentsTests(AgentsApp app)
{
    [Fact(DisplayName = "Seed 003's agent is made, read, changed and deleted, with the answers that it shows")]
    public async Task Crud()
    {
        var admin = await app.AdminAsync();
        object body = new { name = "search", type = "nlp", capabilities = new[] { "chat", "search" }, concurrency = 4, token = "secret", tags = new[] { "nlp" }, meta = new { a = new[] { 1 } } };

        var made = await admin.PostAsync("/api/agents", body);
        var path = $"/api/agents/{made.Text("id")}";
        var put = await admin.SendAsync(HttpMethod.Put, path, JsonContent.Create(new { concurrency = 8 }));
        var read = await admin.GetAsync(path);
        var deleted = await admin.DeleteAsync(path);

        made.Is(201, 0);
        Assert.True(put.Data.GetProperty("updated").GetBoolean());
        Assert.Equal(("search", "nlp", 8, false, "offline"), (
            read.Text("name"), read.Text("type"), read.Data.GetProperty("concurrency").GetInt32(), read.Data.GetProperty("online").GetBoolean(), read.Text("status")));
        Assert.Equal("""{"a":[1]}""", read.Data.GetProperty("meta").GetRawText());
        Assert.False(read.Data.TryGetProperty("token", out _));
        Assert.True(deleted.Data.GetProperty("deleted").GetBoolean());
        (await admin.GetAsync(path)).Is(404, 2001);
        (await admin.SendAsync(HttpMethod.Put, path, JsonContent.Create(new { concurrency = 8 }))).Is(404, 2001);
    }

    [Fact(DisplayName = "A name is enough to make an agent, and the same Idempotency-Key makes one")]
    public async Task Defaults()
    {
        var (admin, key) = (await app.AdminAsync(), ("Idempotency-Key", Guid.NewGuid().ToString()));

        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => admin.PostAsync("/api/v1/agents", new { name = "plain" }, key)));
        var agent = await admin.GetAsync($"/api/v1/agents/{Assert.Single(made.Select(answer => answer.Text("id")).Distinct())}");

        Assert.Equal(("agent", 1, "public"), (agent.Text("type"), agent.Data.GetProperty("concurrency").GetInt32(), agent.Text("visibility")));
        (await admin.PostAsync("/api/v1/agents", new { name = "other" }, key)).Is(409, 3002);
    }

    [Fact(DisplayName = "What is wrong with an agent is said field by field, and nothing is made")]
    public async Task Wrong()
    {
        var (admin, id) = (await app.AdminAsync(), Fleet.NewId("agent"));
        await Fleet.AgentAsync(admin, new { id, name = "there" });
        var deep = System.Text.Json.JsonDocument.Parse(string.Concat(Enumerable.Repeat("""{"a":""", 50)) + "1" + new string('}', 50)).RootElement;

        var wrong = await admin.PostAsync("/api/v1/agents", new { name = "", concurrency = 0, visibility = "secret", id = "a b", meta = deep });
        var device = await admin.PostAsync("/api/v1/agents", new { name = "x", device_id = "none" });

        wrong.Is(400, 1001);
        Assert.Equal(["concurrency", "id", "meta", "name", "visibility"], wrong.Data.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        device.Is(400, 1001);
        Assert.Equal("there is no such device", device.Error("device_id"));
        (await admin.PostAsync("/api/v1/agents", new { id, name = "again" })).Is(409, 3002);
        (await admin.PatchAsync($"/api/v1/agents/{id}", new { device_id = "none" })).Is(400, 1001);
    }

    [Fact(DisplayName = "A private agent is seen by its owner and by operators, a public one by everybody")]
    public async Task Visibility()
    {
        var (admin, owner, viewer) = (await app.AdminAsync(), await app.PersonAsync("operator"), await app.PersonAsync("viewer"));
        var pool = Guid.NewGuid().ToString("N");
        var hidden = await Fleet.AgentAsync(owner.Api, new { name = "hidden", visibility = "private", pool });
        var open = await Fleet.AgentAsync(owner.Api, new { name = "open", pool });

        Assert.Equal([hidden, open], await IdsAsync(admin, $"pool={pool}"));
        Assert.Equal([open], await IdsAsync(viewer.Api, $"pool={pool}"));
        (await viewer.Api.GetAsync($"/api/v1/agents/{hidden}")).Is(404, 2001);
        await admin.PatchAsync($"/api/v1/users/{owner.Id}", new { roles = new[] { "viewer" } });
        await Eventually.TrueAsync(async () => (await owner.Api.GetAsync("/api/v1/auth/me")).Status is 401, TimeSpan.FromSeconds(5), "the old roles end");
        Assert.Equal([hidden, open], await IdsAsync(await app.SignedInAsync(owner.Email, Person.Password), $"pool={pool}"));
    }

    [Fact(DisplayName = "Agents are found by capability, label, tag, type, post, device, pool and text")]
    public async Task Filters()
    {
        var (admin, mark) = (await app.AdminAsync(), Guid.NewGuid().ToString("N"));
        var (device, post) = (await Fleet.EnrolAsync(app, admin), await admin.PostOfAsync());
        var one = await Fleet.AgentAsync(admin, new { name = $"100%_{mark}", type = "nlp", pool = mark, capabilities = new[] { "chat" }, tags = new[] { "t" }, labels = new { zone = "n" }, post_id = post, device_id = device.Id });
        var two = await Fleet.AgentAsync(admin, new { name = $"1000_{mark}", pool = mark });

        foreach (var query in new[] { "capability=chat", "label=zone:n", "tag=t", "type=nlp", $"post_id={post}", $"device_id={device.Id}", $"q=100%25_{mark}" })
        {
            Assert.Equal([one], await IdsAsync(admin, $"pool={mark}&{query}"));
        }

        Assert.Equal([one, two], await IdsAsync(admin, $"pool={mark}&online=false&status=offline"));
        Assert.Equal([two], await IdsAsync(admin, $"pool={mark}&page=2&page_size=1"));
        Assert.Empty(await IdsAsync(admin, $"pool={mark}&online=true"));
        (await admin.GetAsync("/api/v1/agents?status=sleepy")).Is(400, 1001);
        (await admin.GetAsync("/api/v1/agents?online=perhaps")).Is(400, 1001);
    }

    [Fact(DisplayName = "Without v1 the list is a bare array, as seeds 001 and 003 show it")]
    public async Task Bare()
    {
        var (admin, pool) = (await app.AdminAsync(), Guid.NewGuid().ToString("N"));
        for (var i = 0; i < 25; i++)
        {
            await Fleet.AgentAsync(admin, new { name = $"a{i}", pool });
        }

        var bare = await admin.GetAsync($"/api/agents?pool={pool}");
        var paged = await admin.GetAsync($"/api/v1/agents?pool={pool}", ("X-Forwarded-Prefix", "/api"));

        Assert.Equal(25, bare.Data.EnumerateArray().Count());
        Assert.False(bare.Data[0].GetProperty("online").GetBoolean());
        Assert.Equal((20, 25), (paged.Data.GetProperty("items").GetArrayLength(), paged.Data.GetProperty("total").GetInt32()));
    }

    [Fact(DisplayName = "An agent's token lets its own process in and nobody else's, and can't be read anywhere")]
    public async Task Tokens()
    {
        var (admin, registry, token) = (await app.AdminAsync(), Fleet.Internal(app), $"weak-{Guid.NewGuid():N}");
        var agent = await Fleet.AgentAsync(admin, new { name = "own process", token });

        Assert.Equal(agent, (await registry.AuthenticateAgentAsync(new(token, agent), TestContext.Current.CancellationToken)).Id);
        Assert.Equal(agent, (await registry.AuthenticateAgentAsync(new(token), TestContext.Current.CancellationToken)).Id);
        await Fleet.NotFoundAsync(registry.AuthenticateAgentAsync(new("not it", agent), TestContext.Current.CancellationToken));
        await Fleet.NotFoundAsync(registry.AuthenticateAgentAsync(new(token, "another"), TestContext.Current.CancellationToken));
        await Fleet.AgentAsync(admin, new { name = "same token", token });
        await Fleet.NotFoundAsync(registry.AuthenticateAgentAsync(new(token), TestContext.Current.CancellationToken));
        var row = await Database.SingleAsync(
            app.App, "registrydb", "SELECT a::text || coalesce((SELECT string_agg(e::text, '') FROM audit_outbox e WHERE e.target = $1), '') FROM agents a WHERE id = $1", agent);
        Assert.DoesNotContain(token, (string)row[0]);
    }

    private static async Task<string[]> IdsAsync(Api api, string query) =>
        [.. (await api.GetAsync($"/api/v1/agents?{query}")).Data.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("id").GetString()!)];
}
