using System.Text.Json;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

[Collection(WholeApp.Name)]
public sealed class ConfigTests(AgentsApp app)
{
    [Fact(DisplayName = "An agent is as its post says, but for what is its own, and each value says who says so")]
    public async Task Effective()
    {
        var admin = await app.AdminAsync();
        var post = await admin.PostOfAsync(new { skills = new[] { "a" }, limits = new { cpu = 1, timeout = 60 }, environment = new { a = "1", b = "2" } });
        var agent = await Fleet.AgentAsync(admin, new { name = "one", post_id = post });
        var path = $"/api/v1/agents/{agent}/config";

        var put = await admin.PutAsync(path, new { overrides = new { limits = new { cpu = 2, timeout = (int?)null }, environment = new { b = new { secret = "S" } }, concurrency = 4 } });
        await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { skills = new[] { "b" }, limits = new { cpu = 8 } } });
        var read = await admin.GetAsync(path);

        put.Is(200, 0);
        Assert.Equal((post, 1, 2), (put.Text("post_id"), put.Data.GetProperty("version").GetInt32(), read.Data.GetProperty("version").GetInt32()));
        Assert.Equal("""{"cpu":2,"pids":512,"timeout":3600,"idle":900}""", Sorted(read, "limits"));
        Assert.Equal("""["b"]""", Sorted(read, "skills"));
        Assert.Equal("""{"b":{"secret":"S"}}""", Sorted(read, "environment"));
        Assert.Equal(("agent", "default", "post", "agent"), (Source(read, "limits.cpu"), Source(read, "limits.timeout"), Source(read, "skills"), Source(read, "concurrency")));
        Assert.Equal(JsonValueKind.Null, read.Data.GetProperty("overrides").GetProperty("limits").GetProperty("timeout").ValueKind);
        Assert.Equal(4, (await admin.GetAsync($"/api/v1/agents/{agent}")).Data.GetProperty("concurrency").GetInt32());
        Assert.Equal(read.Text("revision"), (await admin.GetAsync(path)).Text("revision"));
    }

    [Fact(DisplayName = "How many tasks at once is shown as the dispatcher has it: the agent's own number, whatever its post has said since")]
    public async Task Concurrency()
    {
        var admin = await app.AdminAsync();
        var post = await admin.PostOfAsync(new { concurrency = 2 });
        var agent = await Fleet.AgentAsync(admin, new { name = "one", post_id = post, concurrency = 3 });
        var path = $"/api/v1/agents/{agent}/config";

        var own = await admin.GetAsync(path);
        var changed = await admin.PutAsync(path, new { overrides = new { concurrency = 5 } });

        Assert.Equal(("3", "agent"), (Sorted(own, "concurrency"), Source(own, "concurrency")));
        Assert.Equal(("5", "agent"), (Sorted(changed, "concurrency"), Source(changed, "concurrency")));
        Assert.Equal(changed.Text("revision"), (await admin.GetAsync(path)).Text("revision"));
    }

    [Fact(DisplayName = "Overrides are looked at as a template is, by themselves and together with the post")]
    public async Task Wrong()
    {
        var admin = await app.AdminAsync();
        var path = $"/api/v1/agents/{await Fleet.AgentAsync(admin, new { name = "one", post_id = await admin.PostOfAsync(new { runner = "acp", command = new[] { "x" } }) })}/config";

        Assert.Equal(["overrides.limits.cpu"], (await admin.PutAsync(path, new { overrides = new { limits = new { cpu = "x" } } })).Fields());
        Assert.Equal(["overrides.limits.cpus"], (await admin.PutAsync(path, new { overrides = new { limits = new { cpus = 1 } } })).Fields());
        Assert.Equal(["overrides.command"], (await admin.PutAsync(path, new { overrides = new { command = (string[]?)null } })).Fields());
        Assert.Equal(["overrides"], (await admin.PutAsync(path, new { })).Fields());
        (await admin.PutAsync(path, new { overrides = new { command = new[] { "y" } } })).Is(200, 0);
        (await admin.PutAsync("/api/v1/agents/none/config", new { overrides = new { } })).Is(404, 2001);
    }

    [Fact(DisplayName = "Who may not see an agent sees no configuration of it, and with the agent it is gone")]
    public async Task Seen()
    {
        var (admin, viewer, id) = (await app.AdminAsync(), (await app.PersonAsync("viewer")).Api, Fleet.NewId("agent"));
        await Fleet.AgentAsync(admin, new { id, name = "hidden", visibility = "private" });
        await admin.PutAsync($"/api/v1/agents/{id}/config", new { overrides = new { role_prompt = "mine" } });

        (await viewer.GetAsync($"/api/v1/agents/{id}/config")).Is(404, 2001);
        await admin.DeleteAsync($"/api/v1/agents/{id}");
        (await admin.GetAsync($"/api/v1/agents/{id}/config")).Is(404, 2001);
        await Fleet.AgentAsync(admin, new { id, name = "another" });
        var anew = await viewer.GetAsync($"/api/v1/agents/{id}/config");

        Assert.Equal(("{}", JsonValueKind.Null), (anew.Data.GetProperty("overrides").GetRawText(), anew.Data.GetProperty("post_id").ValueKind));
        Assert.Equal("default", Source(anew, "role_prompt"));
    }

    private static string Sorted(Answer config, string field) => config.Data.GetProperty("effective").GetProperty(field) switch
    {
        { ValueKind: JsonValueKind.Object } fields when field == "limits" => $"{{{string.Join(',', new[] { "cpu", "pids", "timeout", "idle" }.Select(name => $"\"{name}\":{fields.GetProperty(name)}"))}}}",
        var other => other.GetRawText(),
    };

    private static string? Source(Answer config, string path) => config.Data.GetProperty("sources").GetProperty(path).GetString();
}
