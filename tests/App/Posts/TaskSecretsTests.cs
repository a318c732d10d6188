using System.Text.Json;
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
        (await machine.Api.SecretsAsync(task)).Is(404, 2001);

        await device.AcceptAsync(task);
        // At once: the accept goes by another way, and may come after this.
        var given = await machine.Api.SecretsAsync(task);

        given.Is(200, 0);
        Assert.Equal("""{"environment":{"TOKEN":"the agent's","OTHER":"the post's","AGAIN":"the post's"}}""", given.Data.GetRawText());
        Assert.True(given.Headers.CacheControl!.NoStore);
        var agentItself = new HttpAgent(agent, app.Anonymous().With(Worker.Token));
        foreach (var other in new[]
        {
            await admin.SecretsAsync(task), await (await app.PersonAsync("viewer")).Api.SecretsAsync(task), await stranger.Api.SecretsAsync(task),
            await agentItself.PostAsync(task.Id, "secrets", new { attempt = 1 }), await machine.Api.SecretsAsync(task with { Attempt = 2 }),
            await machine.Api.SecretsAsync(task with { Id = Guid.NewGuid().ToString() }), await machine.Api.SecretsAsync(task with { Id = "none" }),
        })
        {
            other.Is(404, 2001);
        }

        (await app.Anonymous().SecretsAsync(task)).Is(401, 1002);
        await device.ResultAsync(task, new { });
        Assert.True((await device.AckAsync(task)).Accepted);
        (await machine.Api.SecretsAsync(task)).Is(404, 2001);
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
        (await (await Fleet.EnrolAsync(app, admin)).Api.SecretsAsync(byHttp)).Is(404, 2001);
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
        var task = await machine.TakenAsync(admin, agent);
        (await machine.Api.SecretsAsync(task)).Is(200, 0);

        await Database.SingleAsync(app.App, "registrydb", "WITH moved AS (UPDATE agent_secrets SET name = 'other' WHERE agent_id = $1 RETURNING 1) SELECT count(*) FROM moved", agent);

        var shut = await machine.Api.SecretsAsync(task);
        shut.Is(500, 5000);
        Assert.Contains($"The secret other of the agent {agent} can't be opened", shut.Message);
        (await admin.PutAsync($"/api/v1/agents/{agent}/secrets/other", new { value = "written anew" })).Is(200, 0);
        Assert.Equal("written anew", (await machine.Api.SecretsAsync(task)).Data.GetProperty("environment").GetProperty("OTHER").GetString());
    }

    [Fact(DisplayName = "A secret that nobody has written is named to whoever runs the task, who gets the others with it and not before")]
    public async Task Missing()
    {
        var (admin, machine) = (await app.AdminAsync(), await Fleet.EnrolAsync(app, await app.AdminAsync()));
        var post = await admin.PostOfAsync(new { environment = SecretCalls.Environment(("A", "a"), ("B", "b"), ("C", "c")) });
        var agent = await Fleet.AgentAsync(admin, new { name = "one", post_id = post, device_id = machine.Id });
        (await admin.PutAsync($"/api/v1/posts/{post}/secrets/a", new { value = "there it is" })).Is(200, 0);
        var task = await machine.TakenAsync(admin, agent);

        var refused = await machine.Api.SecretsAsync(task);

        refused.Is(409, 3001);
        Assert.Equal($"The agent {agent} needs secrets that nobody has written, for it or its post {post}: b, c.", refused.Message);
        Assert.Equal(JsonValueKind.Null, refused.Data.ValueKind);
        Assert.Equal([0L], await Database.SingleAsync(app.App, "postsdb", "SELECT count(*) FROM audit_outbox WHERE action = 'secrets.delivered' AND target = $1", task.Id));
        (await admin.PutAsync($"/api/v1/posts/{post}/secrets/b", new { value = "and this" })).Is(200, 0);
        (await admin.PutAsync($"/api/v1/agents/{agent}/secrets/c", new { value = "as well" })).Is(200, 0);
        Assert.Equal("""{"environment":{"A":"there it is","B":"and this","C":"as well"}}""", (await machine.Api.SecretsAsync(task)).Data.GetRawText());
    }

    [Fact(DisplayName = "Who had a task before it went to another gets none any more, by his number or the other's")]
    public async Task Former()
    {
        var admin = await app.AdminAsync();
        var (former, next) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var post = await admin.PostOfAsync(new { environment = SecretCalls.Environment(("A", "a")) });
        (await admin.PutAsync($"/api/v1/posts/{post}/secrets/a", new { value = "for who runs it" })).Is(200, 0);
        var (one, two) = (await Fleet.AgentAsync(admin, new { name = "one", post_id = post, device_id = former.Id }), await Fleet.AgentAsync(admin, new { name = "two", post_id = post, device_id = next.Id }));
        var id = await admin.SubmitAsync(new { post_id = post, max_attempts = 2, retry = new { backoff = 0 } });
        var first = await former.TakeAsync(one, id);
        (await former.Api.SecretsAsync(first)).Is(200, 0);
        (await next.Api.SecretsAsync(first)).Is(404, 2001);

        (await former.Api.PostAsync($"/api/v1/tasks/{id}/error", new { attempt = 1, kind = "crashed", message = "it fell over" })).Is(200, 0);
        (await former.Api.SecretsAsync(first)).Is(404, 2001);
        await admin.IsAsync(id, "queued");
        var second = await next.TakeAsync(two, id);

        Assert.Equal((1, 2), (first.Attempt, second.Attempt));
        (await former.Api.SecretsAsync(first)).Is(404, 2001);
        (await former.Api.SecretsAsync(second)).Is(404, 2001);
        (await next.Api.SecretsAsync(first)).Is(404, 2001);
        (await next.Api.SecretsAsync(second)).Is(200, 0);
    }

    [Fact(DisplayName = "Who needs no secrets is told so, and nothing is written about it")]
    public async Task None()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var task = await machine.TakenAsync(admin, await Fleet.AgentAsync(admin, new { name = "one", device_id = machine.Id }));

        var given = await machine.Api.SecretsAsync(task);

        given.Is(200, 0);
        Assert.Equal("""{"environment":{}}""", given.Data.GetRawText());
        Assert.Equal([0L], await Database.SingleAsync(app.App, "postsdb", "SELECT count(*) FROM audit_outbox WHERE action = 'secrets.delivered' AND target = $1", task.Id));
    }

    /// <summary>An agent of a post; both have secrets.</summary>
    private static async Task<string> StaffedAsync(Api admin, string? deviceId)
    {
        var post = await admin.PostOfAsync(new
        {
            environment = SecretCalls.Environment(("TOKEN", "token"), ("OTHER", "other"), ("AGAIN", "other")),
        });
        var agent = await Fleet.AgentAsync(admin, new { name = "with secrets", post_id = post, device_id = deviceId, token = Worker.Token });
        foreach (var (path, value) in new[] { ($"posts/{post}/secrets/token", "not this one"), ($"posts/{post}/secrets/other", "the post's"), ($"agents/{agent}/secrets/token", "an old one"), ($"agents/{agent}/secrets/token", "the agent's") })
        {
            (await admin.PutAsync($"/api/v1/{path}", new { value })).Is(200, 0);
        }

        return agent;
    }
}
