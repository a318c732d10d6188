using System.Text.Json.Nodes;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

[Collection(WholeApp.Name)]
public sealed class PostsTests(AgentsApp app)
{
    [Fact(DisplayName = "A post is made, found, changed and deleted, and read as it was written")]
    public async Task Crud()
    {
        var (admin, name) = (await app.AdminAsync(), $"100%_{Guid.NewGuid():N}");
        var template = JsonNode.Parse("""{"skills":["shell",{"name":"git","tools":["Bash"]}],"limits":{"cpu":0.5},"environment":{"A":{"secret":"S"},"B":"b"},"tools":{"*":"ask"}}""")!;

        var made = await admin.PostAsync("/api/v1/posts", new { name, description = "watches", template });
        var path = $"/api/v1/posts/{made.Text("id")}";
        var read = await admin.GetAsync(path);
        var changed = await admin.PutAsync(path, new { description = "mends", version = 1 });

        made.Is(201, 0);
        Assert.True(JsonNode.DeepEquals(template, JsonNode.Parse(read.Data.GetProperty("template").GetRawText())), read.Data.ToString());
        Assert.Equal((2, "mends", name), (changed.Data.GetProperty("version").GetInt32(), changed.Text("description"), changed.Text("name")));
        Assert.Equal([name], (await admin.GetAsync($"/api/v1/posts?q={Uri.EscapeDataString(name[..8])}")).Items().Select(row => row.GetProperty("name").GetString()));
        Assert.True((await admin.DeleteAsync(path)).Data.GetProperty("deleted").GetBoolean());
        foreach (var answer in new[] { await admin.GetAsync(path), await admin.PutAsync(path, new { }), await admin.DeleteAsync(path), await admin.GetAsync($"{path}/versions") })
        {
            answer.Is(404, 2001);
        }
    }

    [Fact(DisplayName = "What is wrong is said by the field's path, and what is not known is refused by name")]
    public async Task Wrong()
    {
        var admin = await app.AdminAsync();

        Assert.Equal(["name", "template.limits.cpu", "template.tools.bash", "titel"], (await admin.PostAsync(
            "/api/v1/posts", new { name = "", titel = "x", template = new { limits = new { cpu = -1 }, tools = new { bash = "no" } } })).Fields());
        Assert.Equal(["template.limits.timeout"], (await admin.PostAsync("/api/v1/posts", new { name = "x", template = new { limits = new { timeout = "long" } } })).Fields());
        Assert.Equal(["template.skills[1]"], (await admin.PostAsync("/api/v1/posts", new { name = "x", template = new { skills = new object[] { "a", 5 } } })).Fields());
        Assert.Equal(["template.environment.a"], (await admin.PostAsync("/api/v1/posts", new { name = "x", template = new { environment = new { a = 5 } } })).Fields());
        Assert.Equal(["template.role_prompt"], (await admin.PostAsync("/api/v1/posts", new { name = "x", template = new { role_prompt = new string('工', 22_000) } })).Fields());
    }

    [Fact(DisplayName = "A name is one post's, the same Idempotency-Key makes one, and who saw an older version changes nothing")]
    public async Task Clashes()
    {
        var (admin, name, key) = (await app.AdminAsync(), $"post {Guid.NewGuid():N}", ("Idempotency-Key", Guid.NewGuid().ToString()));

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => admin.PostAsync("/api/v1/posts", new { name }, key)));
        var path = $"/api/v1/posts/{Assert.Single(made.Select(answer => answer.Text("id")).Distinct())}";
        var other = await admin.PostOfAsync();

        (await admin.PostAsync("/api/v1/posts", new { name })).Is(409, 3002);
        (await admin.PutAsync($"/api/v1/posts/{other}", new { name })).Is(409, 3002);
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => admin.PutAsync(path, new { description = $"d{n}", version = 1 })));
        Assert.Equal([200, 409, 409, 409], writers.Select(answer => answer.Status).Order());
        Assert.Contains("version 2", writers.First(answer => answer.Status == 409).Message);
    }

    [Fact(DisplayName = "A post that agents have is not deleted, and the answer says how many")]
    public async Task InUse()
    {
        var admin = await app.AdminAsync();
        var (post, device) = (await admin.PostOfAsync(), await Fleet.EnrolAsync(app, admin));
        await admin.StaffAsync(post, new { devices = new[] { device.Id, device.Id } });

        var refused = await admin.DeleteAsync($"/api/v1/posts/{post}");
        foreach (var agent in (await admin.GetAsync($"/api/v1/agents?post_id={post}")).Items())
        {
            await admin.DeleteAsync($"/api/v1/agents/{agent.GetProperty("id").GetString()}");
        }

        refused.Is(409, 3002);
        Assert.Contains("2 agents", refused.Message);
        (await admin.DeleteAsync($"/api/v1/posts/{post}")).Is(200, 0);
        var audit = await Database.SingleAsync(
            app.App, "postsdb", "SELECT string_agg(action, ' ' ORDER BY at) FROM audit_outbox WHERE target = $1", post);
        Assert.Equal("post.created post.deleted", audit[0]);
    }
}
