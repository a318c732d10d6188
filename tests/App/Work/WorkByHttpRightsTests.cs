using Agents.Tests.App.Registry;

namespace Agents.Tests.App.Work;

/// <summary>Agents without a socket: who may take and tell what, and what is answered to others.</summary>
public sealed class WorkByHttpRightsTests(HastyApp app) : IClassFixture<HastyApp>
{
    [Fact(DisplayName = "Only who speaks for the agent takes and tells; to others there is no such agent or task")]
    public async Task Strangers()
    {
        var admin = await app.AdminAsync();
        var (user, viewer) = (await app.PersonAsync("user"), await app.PersonAsync("viewer"));
        var (machine, elsewhere) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var (agent, other) = (await HttpAgent.MakeAsync(app, admin, 9, deviceId: machine.Id), await HttpAgent.MakeAsync(app, admin, 9));
        var (id, others) = (await user.Api.SubmitAsync(new { agent_id = agent.Id }), await user.Api.SubmitAsync(new { agent_id = other.Id }));
        foreach (var stranger in new[] { user.Api, elsewhere.Api })
        {
            (await stranger.PostAsync($"/api/v1/tasks/{id}/accept", new { agent_id = agent.Id })).Is(404, 2001);
        }

        (await viewer.Api.PostAsync($"/api/v1/tasks/{id}/accept", new { agent_id = agent.Id })).Is(403, 1003);
        (await app.Anonymous().PostAsync($"/api/v1/tasks/{id}/accept", new { agent_id = agent.Id })).Is(401, 1002);
        (await other.PostAsync(id, "accept", new { agent_id = agent.Id })).Is(404, 2001);
        (await other.AcceptAsync(id)).Is(404, 2001);
        (await machine.Api.PostAsync($"/api/v1/tasks/{others}/accept", new { agent_id = agent.Id })).Is(404, 2001);
        Assert.Equal("queued", await admin.StatesAsync(id));

        // The device for its agent; then an operator, who says whose work it is, and the agent itself.
        (await machine.Api.PostAsync($"/api/v1/tasks/{id}/accept", new { agent_id = agent.Id })).Is(200, 0);
        Assert.Equal(1, (await machine.Api.GetAsync($"/api/v1/agents/{agent.Id}/tasks")).Data.GetProperty("total").GetInt32());
        foreach (var word in new[] { "progress", "result", "error" })
        {
            (await user.Api.PostAsync($"/api/v1/tasks/{id}/{word}", new { attempt = 1 })).Is(404, 2001);
            (await elsewhere.Api.PostAsync($"/api/v1/tasks/{id}/{word}", new { attempt = 1 })).Is(404, 2001);
            (await other.PostAsync(id, word, new { attempt = 1 })).Is(404, 2001);
            (await agent.PostAsync(id, word, new { attempt = 2 })).Is(404, 2001);
        }

        (await admin.PostAsync($"/api/v1/tasks/{id}/progress", new { attempt = 1 })).Is(200, 0);
        Assert.True((await agent.ResultAsync(new(id, 1, default), new { })).Accepted);
    }

    [Fact(DisplayName = "What is wrong is named; what the agent may not take now, or any more, is 3001")]
    public async Task Wrong()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var agent = await HttpAgent.MakeAsync(app, admin, deviceId: machine.Id);
        var id = await admin.SubmitAsync(new { agent_id = agent.Id });
        (await admin.PostAsync($"/api/v1/tasks/{id}/accept")).Error("agent_id");
        (await agent.AcceptAsync(id, 0)).Error("attempt");
        (await agent.PostAsync(id, "progress", new { })).Error("attempt");
        (await agent.PostAsync(id, "progress", new { attempt = 1, kind = "song" })).Error("kind");
        (await agent.PostAsync(id, "progress", new { attempt = 1, items = new object[] { new { }, new { percent = 101 } } })).Error("items[1].percent");
        (await agent.PostAsync(id, "result", new { result = 1 })).Error("attempt");
        (await agent.PostAsync(id, "result", new { attempt = 1, result_ref = "x" })).Error("result_ref");
        (await agent.PostAsync(id, "error", new { attempt = 1, kind = "song" })).Error("kind");
        (await agent.AcceptAsync("none")).Is(404, 2001);
        (await agent.AcceptAsync(Guid.NewGuid().ToString())).Is(404, 2001);

        (await agent.AcceptAsync(id, 1)).Is(409, 3001);
        var task = await agent.TakeAsync(id);
        (await agent.PostAsync(id, "result", new { attempt = 1, result_ref = Guid.NewGuid() })).Error("result_ref");
        (await agent.AcceptAsync(await admin.SubmitAsync(new { agent_id = agent.Id }))).Is(409, 3001);
        Assert.True((await agent.ResultAsync(task, 1)).Accepted);
        (await agent.AcceptAsync(id)).Is(409, 3001);
        (await agent.AcceptAsync(await admin.SubmitAsync(new { agent_id = agent.Id, not_before = TimeProvider.System.GetUtcNow().AddHours(1) }))).Is(409, 3001);
        (await agent.AcceptAsync(await admin.SubmitAsync(new { agent_id = agent.Id, requires = new { capabilities = new[] { "to fly" } } }))).Is(409, 3001);
        (await admin.PostAsync($"/api/v1/devices/{machine.Id}/drain")).Is(200, 0);
        (await agent.AcceptAsync(await admin.SubmitAsync(new { agent_id = agent.Id }))).Is(409, 3001);
    }

    [Fact(DisplayName = "What was given to the agent's own socket it may accept and tell by HTTP; what goes over its device's it may not")]
    public async Task GivenBySocket()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var agent = new HttpAgent(worker.AgentId, app.Anonymous().With(Worker.Token));
        var given = await worker.NextAsync(await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        (await agent.AcceptAsync(given.Id)).Is(409, 3001);
        var order = new Given(given.Id, 1, (await agent.AcceptAsync(given.Id, 1)).Data);
        Assert.Equal(given.Order.ToString(), order.Order.ToString());
        Assert.True((await agent.ProgressAsync(order, 1, "by another mouth")).GetProperty("accepted").GetBoolean());
        Assert.True((await agent.ResultAsync(order, new { })).Accepted);
        Assert.Equal("queued assigned running done", await admin.StatesAsync(given.Id));

        var machine = await Fleet.EnrolAsync(app, admin);
        var onDevice = await HttpAgent.MakeAsync(app, admin, deviceId: machine.Id);
        await using var device = await Worker.OnDeviceAsync(app, machine, onDevice.Id);
        var second = await device.NextAsync(await admin.SubmitAsync(new { agent_id = onDevice.Id }));
        (await onDevice.AcceptAsync(second.Id, 1)).Is(409, 3001);
        (await onDevice.PostAsync(second.Id, "result", new { attempt = 1 })).Is(409, 3001);
        (await machine.Api.PostAsync($"/api/v1/tasks/{second.Id}/accept", new { agent_id = onDevice.Id, attempt = 1 })).Is(200, 0);
        (await machine.Api.PostAsync($"/api/v1/tasks/{second.Id}/result", new { attempt = 1, result = 1 })).Is(200, 0);
        await admin.IsAsync(second.Id, "done");
    }
}
