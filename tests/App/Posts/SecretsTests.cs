using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

/// <summary>How secrets are kept. Who gets them is told by <see cref="TaskSecretsTests"/>.</summary>
[Collection(WholeApp.Name)]
public sealed class SecretsTests(AgentsApp app)
{
    private readonly string _value = $"value {Guid.NewGuid():N}";

    [Theory(DisplayName = "A secret is written, named with its version, replaced and deleted, and its value is in no answer, no table and no audit")]
    [InlineData("posts")]
    [InlineData("agents")]
    public async Task Crud(string kind)
    {
        var admin = await app.AdminAsync();
        var id = kind == "posts" ? await admin.PostOfAsync() : await Fleet.AgentAsync(admin, new { name = "one" });
        var (path, me) = ($"/api/v1/{kind}/{id}/secrets", (await admin.GetAsync("/api/v1/auth/me")).Text("id"));

        var first = await admin.PutAsync($"{path}/deploy-token", new { value = _value });
        var second = await admin.PutAsync($"{path}/deploy-token", new { value = _value });
        await admin.PutAsync($"{path}/another", new { value = _value });
        var list = await admin.GetAsync(path);

        first.Is(200, 0);
        Assert.Equal((1, 2), (first.Data.GetProperty("version").GetInt32(), second.Data.GetProperty("version").GetInt32()));
        Assert.Equal([("another", 1, me), ("deploy-token", 2, me)], list.Items().Select(secret => (
            secret.GetProperty("name").GetString()!, secret.GetProperty("version").GetInt32(), secret.GetProperty("updated_by").GetString()!)).Order());
        Assert.All(list.Items(), secret => Assert.Equal(["name", "updated_at", "updated_by", "version"], secret.EnumerateObject().Select(field => field.Name).Order()));
        Assert.DoesNotContain(_value, $"{first.Data} {second.Data} {list.Data}");

        (await admin.DeleteAsync($"{path}/deploy-token")).Is(200, 0);
        (await admin.DeleteAsync($"{path}/deploy-token")).Is(404, 2001);
        Assert.Equal("another", Assert.Single((await admin.GetAsync(path)).Items()).GetProperty("name").GetString());
        var (database, table) = kind == "posts" ? ("postsdb", "post_secrets") : ("registrydb", "agent_secrets");
        var kept = await Database.SingleAsync(app.App, database, $"SELECT count(*), count(*) FILTER (WHERE position($1::bytea IN sealed || wrapped_key) > 0) FROM {table} WHERE {kind[..^1]}_id = $2", System.Text.Encoding.UTF8.GetBytes(_value), id);
        var audit = await Database.SingleAsync(
            app.App, database, "SELECT string_agg(action || ' ' || detail, '; ' ORDER BY at), bool_and(actor = $2), count(*) FILTER (WHERE strpos(audit_outbox::text, $3) > 0) FROM audit_outbox WHERE target = $1 AND action LIKE 'secret.%'", id, me, _value);
        Assert.Equal([1L, 0L], kept);
        var of = $"of the {kind[..^1]}";
        Assert.Equal(
            [$"secret.set deploy-token {of}, version 1; secret.set deploy-token {of}, version 2; secret.set another {of}, version 1; secret.deleted deploy-token {of}", true, 0L], audit);
    }

    [Fact(DisplayName = "What is no secret is said at its field, and nobody has more than a hundred")]
    public async Task Wrong()
    {
        var admin = await app.AdminAsync();
        var (post, agent) = (await admin.PostOfAsync(), await Fleet.AgentAsync(admin, new { name = "one" }));
        foreach (var path in new[] { $"/api/v1/posts/{post}/secrets", $"/api/v1/agents/{agent}/secrets" })
        {
            Assert.Equal(["value"], (await admin.PutAsync($"{path}/a", new { })).Fields());
            Assert.Equal(["value"], (await admin.PutAsync($"{path}/a", new { value = "" })).Fields());
            Assert.Equal(["value"], (await admin.PutAsync($"{path}/a", new { value = "a\0b" })).Fields());
            Assert.Equal(["value"], (await admin.PutAsync($"{path}/a", new { value = new string('x', (64 * 1024) + 1) })).Fields());
            Assert.Equal(["name"], (await admin.PutAsync($"{path}/a%20b", new { value = "x" })).Fields());
            Assert.Equal(["name"], (await admin.PutAsync($"{path}/{new string('n', 129)}", new { value = "x" })).Fields());
            (await admin.PutAsync($"{path}/a", new { value = new string('x', 64 * 1024) })).Is(200, 0);
            for (var n = 1; n < 100; n++)
            {
                (await admin.PutAsync($"{path}/n{n}", new { value = "x" })).Is(200, 0);
            }

            Assert.Equal(["name"], (await admin.PutAsync($"{path}/n100", new { value = "x" })).Fields());
            (await admin.PutAsync($"{path}/n99", new { value = "y" })).Is(200, 0);
        }

        foreach (var path in new[] { "/api/v1/posts/none/secrets", "/api/v1/agents/none/secrets" })
        {
            (await admin.GetAsync(path)).Is(404, 2001);
            (await admin.PutAsync($"{path}/a", new { value = "x" })).Is(404, 2001);
            (await admin.DeleteAsync($"{path}/a")).Is(404, 2001);
        }
    }

    [Fact(DisplayName = "Many who write one secret at once each make a version of their own")]
    public async Task AtOnce()
    {
        var admin = await app.AdminAsync();
        var (post, agent) = (await admin.PostOfAsync(), await Fleet.AgentAsync(admin, new { name = "one" }));
        foreach (var path in new[] { $"/api/v1/posts/{post}/secrets/a", $"/api/v1/agents/{agent}/secrets/a" })
        {
            var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => admin.PutAsync(path, new { value = $"v{n}" })));

            Assert.Equal(Enumerable.Range(1, 8), written.Select(answer => answer.Data.GetProperty("version").GetInt32()).Order());
        }
    }

    [Fact(DisplayName = "An agent's owner sees to its secrets, and to those of no other agent and no post")]
    public async Task Owner()
    {
        var (admin, owner) = (await app.AdminAsync(), await app.PersonAsync("user"));
        var (own, others) = (await Fleet.AgentAsync(admin, new { name = "his" }), await Fleet.AgentAsync(admin, new { name = "not his" }));
        await Database.SingleAsync(app.App, "registrydb", "WITH given AS (UPDATE agents SET owner = $2 WHERE id = $1 RETURNING 1) SELECT count(*) FROM given", own, owner.Id);

        (await owner.Api.PutAsync($"/api/v1/agents/{own}/secrets/a", new { value = _value })).Is(200, 0);
        Assert.Equal(1, (await owner.Api.GetAsync($"/api/v1/agents/{own}/secrets")).Data.GetProperty("total").GetInt32());
        (await owner.Api.DeleteAsync($"/api/v1/agents/{own}/secrets/a")).Is(200, 0);
        (await admin.PutAsync($"/api/v1/agents/{others}/secrets/a", new { value = _value })).Is(200, 0);
        (await owner.Api.GetAsync($"/api/v1/agents/{others}/secrets")).Is(404, 2001);
        (await owner.Api.PutAsync($"/api/v1/agents/{others}/secrets/a", new { value = _value })).Is(404, 2001);
        (await owner.Api.DeleteAsync($"/api/v1/agents/{others}/secrets/a")).Is(404, 2001);
        (await owner.Api.GetAsync($"/api/v1/posts/{await admin.PostOfAsync()}/secrets")).Is(403, 1003);
        Assert.Equal(1, Assert.Single((await admin.GetAsync($"/api/v1/agents/{others}/secrets")).Items()).GetProperty("version").GetInt32());
    }

    [Fact(DisplayName = "The configuration of an agent tells which secrets it names and nobody has written")]
    public async Task Missing()
    {
        var admin = await app.AdminAsync();
        var post = await admin.PostOfAsync(new { environment = new { A = new { secret = "a" }, B = new { secret = "b" }, C = new { secret = "c" }, D = "plain" } });
        var agent = await Fleet.AgentAsync(admin, new { name = "one", post_id = post });
        var config = $"/api/v1/agents/{agent}/config";

        Assert.Equal(["a", "b", "c"], MissingOf(await admin.GetAsync(config)));
        await admin.PutAsync($"/api/v1/posts/{post}/secrets/a", new { value = _value });
        await admin.PutAsync($"/api/v1/agents/{agent}/secrets/b", new { value = _value });
        Assert.Equal(["c"], MissingOf(await admin.GetAsync(config)));
        Assert.Equal(["c", "e"], MissingOf(await admin.PutAsync(config, new { overrides = new { environment = new { D = new { secret = "e" } } } })));
        Assert.Empty(MissingOf(await admin.PutAsync(config, new { overrides = new { environment = new { C = "plain", B = new { secret = "a" } } } })));
    }

    [Fact(DisplayName = "Secrets go with their post or agent, and who comes under the same id has none")]
    public async Task Gone()
    {
        var (admin, id) = (await app.AdminAsync(), Fleet.NewId("agent"));
        var post = await admin.PostOfAsync();
        await Fleet.AgentAsync(admin, new { id, name = "one" });
        await admin.PutAsync($"/api/v1/posts/{post}/secrets/a", new { value = _value });
        await admin.PutAsync($"/api/v1/agents/{id}/secrets/a", new { value = _value });

        (await admin.DeleteAsync($"/api/v1/posts/{post}")).Is(200, 0);
        (await admin.DeleteAsync($"/api/v1/agents/{id}")).Is(200, 0);
        (await admin.GetAsync($"/api/v1/agents/{id}/secrets")).Is(404, 2001);
        await Fleet.AgentAsync(admin, new { id, name = "another" });

        Assert.Empty((await admin.GetAsync($"/api/v1/agents/{id}/secrets")).Items());
        Assert.Equal([0L], await Database.SingleAsync(app.App, "postsdb", "SELECT count(*) FROM post_secrets WHERE post_id = $1", post));
    }

    private static string[] MissingOf(Answer config)
    {
        config.Is(200, 0);
        return [.. config.Data.GetProperty("missing_secrets").EnumerateArray().Select(name => name.GetString()!)];
    }
}
