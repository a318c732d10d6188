using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Posts;

/// <summary>Who gets the secrets of a task, and who doesn't.</summary>
[Collection(WholeApp.Name)]
public sealed class TaskSecretsTests(AgentsApp app)
{
    [Fact(DisplayName = "The device that runs a task gets its secrets from its accept to its end, and nobody else ever does")]
    public async Task Device()
    {
        var admin = await app.AdminAsync();
        var (machine, stranger) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var agent = await StaffedAsync(admin, machine.Id);
        await using var device = await Worker.OnDeviceAsync(app, machine, agent);
        var task = await device.NextAsync(await admin.SubmitAsync(new { agent_id = agent }));
        (await GetAsync(machine.Api, task)).Is(404, 2001);

        await device.AcceptAsync(task);
        // At once: the accept goes by another way, and may come after this.
        var given = await GetAsync(machine.Api, task);

        given.Is(200, 0);
        Assert.Equal("""{"environment":{"TOKEN":"the agent's","OTHER":"the post's","AGAIN":"the post's"},"missing_secrets":["nobodys"]}""", given.Data.GetRawText());
        Assert.True(given.Headers.CacheControl!.NoStore);
        var agentItself = new HttpAgent(agent, app.Anonymous().With(Worker.Token));
        foreach (var other in new[]
        {
            await GetAsync(admin, task), await GetAsync((await app.PersonAsync("viewer")).Api, task), await GetAsync(stranger.Api, task),
            await agentItself.PostAsync(task.Id, "secrets", new { attempt = 1 }), await GetAsync(machine.Api, task with { Attempt = 2 }),
            await GetAsync(machine.Api, task with { Id = Guid.NewGuid().ToString() }), await GetAsync(machine.Api, task with { Id = "none" }),
        })
        {
            other.Is(404, 2001);
        }

        (await GetAsync(app.Anonymous(), task)).Is(401, 1002);
        await device.ResultAsync(task, new { });
        Assert.True((await device.AckAsync(task)).Accepted);
        (await GetAsync(machine.Api, task)).Is(404, 2001);
        var audit = await Database.SingleAsync(app.App, "postsdb", "SELECT actor, detail FROM audit_outbox WHERE action = 'secrets.delivered' AND target = $1", task.Id);
        Assert.Equal([machine.Id, $"attempt 1, agent {agent}: other of the post, version 1, token of the agent, version 2"], audit);
    }

    [Fact(DisplayName = "An agent that is a process of its own gets them by its own token, over its socket or by HTTP, until its task is canceled")]
    public async Task OwnProcess()
    {
        var admin = await app.AdminAsync();
        var id = await StaffedAsync(admin, null);
        var agent = new HttpAgent(id, app.Anonymous().With(Worker.Token));
        var byHttp = await agent.TakeAsync(await admin.SubmitAsync(new { agent_id = id }));

        (await agent.PostAsync(byHttp.Id, "secrets", new { attempt = 1 })).Is(200, 0);
        (await GetAsync((await Fleet.EnrolAsync(app, admin)).Api, byHttp)).Is(404, 2001);
        (await agent.PostAsync(byHttp.Id, "secrets", new { })).Is(400, 1001);
        (await admin.PostAsync($"/api/v1/tasks/{byHttp.Id}/cancel")).Is(200, 0);
        (await agent.PostAsync(byHttp.Id, "secrets", new { attempt = 1 })).Is(404, 2001);

        var another = await StaffedAsync(admin, null);
        await using var worker = await Worker.ConnectAsync(app, another);
        var bySocket = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = another }));
        (await new HttpAgent(another, app.Anonymous().With(Worker.Token)).PostAsync(bySocket.Id, "secrets", new { attempt = 1 })).Is(200, 0);
        (await agent.PostAsync(bySocket.Id, "secrets", new { attempt = 1 })).Is(404, 2001);
    }

    [Fact(DisplayName = "A row that was moved to another name is opened by nobody")]
    public async Task Moved()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var agent = await StaffedAsync(admin, machine.Id);
        var task = await TakenAsync(admin, machine, agent);
        (await GetAsync(machine.Api, task)).Is(200, 0);

        await Database.SingleAsync(app.App, "registrydb", "WITH moved AS (UPDATE agent_secrets SET name = 'other' WHERE agent_id = $1 RETURNING 1) SELECT count(*) FROM moved", agent);

        (await GetAsync(machine.Api, task)).Is(500, 5000);
        (await admin.PutAsync($"/api/v1/agents/{agent}/secrets/other", new { value = "written anew" })).Is(200, 0);
        Assert.Equal("written anew", (await GetAsync(machine.Api, task)).Data.GetProperty("environment").GetProperty("OTHER").GetString());
    }

    [Fact(DisplayName = "Who needs no secrets is told so, and nothing is written about it")]
    public async Task None()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var task = await TakenAsync(admin, machine, await Fleet.AgentAsync(admin, new { name = "one", device_id = machine.Id }));

        var given = await GetAsync(machine.Api, task);

        given.Is(200, 0);
        Assert.Equal("""{"environment":{},"missing_secrets":[]}""", given.Data.GetRawText());
        Assert.Equal([0L], await Database.SingleAsync(app.App, "postsdb", "SELECT count(*) FROM audit_outbox WHERE action = 'secrets.delivered' AND target = $1", task.Id));
    }

    /// <summary>An agent of a post; both have secrets, and one that they name nobody has.</summary>
    private static async Task<string> StaffedAsync(Api admin, string? deviceId)
    {
        var post = await admin.PostOfAsync(new
        {
            environment = new { TOKEN = new { secret = "token" }, PLAIN = "plain", OTHER = new { secret = "other" }, AGAIN = new { secret = "other" }, NONE = new { secret = "nobodys" } },
        });
        var agent = await Fleet.AgentAsync(admin, new { name = "with secrets", post_id = post, device_id = deviceId, token = Worker.Token });
        foreach (var (path, value) in new[] { ($"posts/{post}/secrets/token", "not this one"), ($"posts/{post}/secrets/other", "the post's"), ($"agents/{agent}/secrets/token", "an old one"), ($"agents/{agent}/secrets/token", "the agent's") })
        {
            (await admin.PutAsync($"/api/v1/{path}", new { value })).Is(200, 0);
        }

        return agent;
    }

    /// <summary>A task that the device took by HTTP for its agent.</summary>
    private static async Task<Given> TakenAsync(Api admin, Machine machine, string agent)
    {
        var id = await admin.SubmitAsync(new { agent_id = agent });
        var taken = await machine.Api.PostAsync($"/api/v1/tasks/{id}/accept", new { agent_id = agent });
        taken.Is(200, 0);
        return new(id, taken.Data.GetProperty("attempt").GetInt32(), taken.Data);
    }

    private static Task<Answer> GetAsync(Api api, Given task) => api.PostAsync($"/api/v1/tasks/{task.Id}/secrets", new { attempt = task.Attempt });
}
