using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Agents without a socket: how they come to their work, and what of it counts.</summary>
public sealed class WorkByHttpTests(HastyApp app) : IClassFixture<HastyApp>
{
    private static readonly TimeSpan LeaseOver = HastyApp.Lease + TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "It finds its task, takes it, says how far it is, and its result is the task's")]
    public async Task Flow()
    {
        var admin = await app.AdminAsync();
        var agent = await HttpAgent.MakeAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = agent.Id, prompt = "count", input = new { to = 3 }, timeout = 60 });
        Assert.Equal([id], await agent.QueuedAsync());

        var task = await agent.TakeAsync(id);
        Assert.Equal((1, "count", 3, 60), (
            task.Attempt, task.Order.GetProperty("prompt").GetString(), task.Order.GetProperty("input").GetProperty("to").GetInt32(),
            task.Order.GetProperty("timeout_seconds").GetInt32()));
        Assert.Equal((int)HastyApp.Lease.TotalSeconds, task.Order.GetProperty("lease_seconds").GetInt32());
        Assert.Empty(await agent.QueuedAsync());
        Assert.True((await agent.ProgressAsync(task, 1, "one")).GetProperty("accepted").GetBoolean());
        var several = await agent.PostAsync(id, "progress", new { attempt = 1, items = new[] { new { seq = 1, kind = "text", data = "one" }, new { seq = 2, kind = "text", data = "two" } } });
        Assert.True(several.Data.GetProperty("accepted").GetBoolean());
        var result = await agent.PostAsync(id, "result", new { attempt = 1, result = new { counted = 3 }, usage = new { input_tokens = 7 }, session_id = "s1" });
        Assert.True(result.Data.GetProperty("accepted").GetBoolean());

        var done = await admin.IsAsync(id, "done");
        Assert.Equal((3, 7, "s1", agent.Id), (
            done.GetProperty("result").GetProperty("counted").GetInt32(), done.GetProperty("usage").GetProperty("input_tokens").GetInt32(), done.Text("session_id"),
            done.Text("agent_id")));
        Assert.Equal("queued assigned running done", await admin.StatesAsync(id));
        var said = (await admin.GetAsync($"/api/v1/tasks/{id}/events")).Data.GetProperty("items").EnumerateArray().Where(item => item.Text("kind") == "text");
        Assert.Equal(["one", "two"], said.Select(item => item.Text("data")));
        Assert.Equal((false, "already_stored"), await agent.ResultAsync(task, new { counted = 4 }));
        Assert.Equal([0L], await Database.SingleAsync(app.App, "schedulerdb", "SELECT count(*) FROM holders WHERE holder LIKE 'rest:%' AND strpos(holder, $1) > 0", id));
    }

    [Fact(DisplayName = "Of many who accept one task at once one gets it, whoever they are; who had it may have the order again by its attempt")]
    public async Task Race()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        var agents = new List<HttpAgent>();
        for (var n = 0; n < 3; n++)
        {
            agents.Add(await HttpAgent.MakeAsync(app, admin, 50, [can]));
        }

        for (var n = 0; n < 20; n++)
        {
            var id = await admin.SubmitAsync(new { requires = new { capabilities = new[] { can } } });

            // Two processes of each.
            var answers = await Task.WhenAll(agents.Concat(agents).Select(async agent => (Agent: agent, Answer: await agent.AcceptAsync(id))));

            var (first, order) = Assert.Single(answers, each => each.Answer.Status == 200);
            Assert.All(answers.Where(each => each.Answer.Status != 200), each => each.Answer.Is(409, 3001));
            Assert.Equal(first.Id, (await admin.TaskAsync(id)).Text("agent_id"));
            var again = await first.AcceptAsync(id, 1);
            Assert.Equal(order.Data.ToString(), again.Data.ToString());
            (await agents.First(agent => agent != first).AcceptAsync(id, 1)).Is(409, 3001);
            Assert.Equal("queued assigned running", await admin.StatesAsync(id));
        }
    }

    [Fact(DisplayName = "Beats keep a lease; without one the task goes to another, and the late result and the late beat are refused")]
    public async Task Lease()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        var (slow, other) = (await HttpAgent.MakeAsync(app, admin, 2, [can]), await HttpAgent.MakeAsync(app, admin, 1, [can]));
        var ids = new[] { await admin.SubmitAsync(new { requires = new { capabilities = new[] { can } } }), await admin.SubmitAsync(new { requires = new { capabilities = new[] { can } } }) };
        var (kept, left) = (await slow.TakeAsync(ids[0]), await slow.TakeAsync(ids[1]));

        // One process of the agent lives, the other does not: each has a lease of its own.
        await Eventually.TrueAsync(
            async () => (await slow.BeatAsync(kept)).GetProperty("accepted").GetBoolean() && (await admin.TaskAsync(left.Id)).Text("status") == "queued", LeaseOver,
            "the lease that nobody renewed is over");
        Assert.Equal("queued assigned running", await admin.StatesAsync(kept.Id));
        var second = await other.TakeAsync(left.Id);
        Assert.Equal(2, second.Attempt);

        var beat = await slow.BeatAsync(left);
        Assert.Equal((false, true, "superseded"), (beat.GetProperty("accepted").GetBoolean(), beat.GetProperty("cancel").GetBoolean(), beat.Text("reason")));
        Assert.Equal((false, "superseded"), await slow.ResultAsync(left, new { by = "the late one" }));
        Assert.True((await other.ResultAsync(second, new { by = "the other" })).Accepted);
        Assert.Equal("the other", (await admin.TaskAsync(left.Id)).GetProperty("result").Text("by"));
        Assert.Equal("queued assigned running queued assigned running done", await admin.StatesAsync(left.Id));
    }

    [Fact(DisplayName = "After its lease it goes on with what was given to nobody else, and a late result counts there as well")]
    public async Task LateAndFirst()
    {
        var admin = await app.AdminAsync();
        var agent = await HttpAgent.MakeAsync(app, admin, 2);
        var (beats, ends) = (await agent.TakeAsync(await admin.SubmitAsync(new { agent_id = agent.Id })), await agent.TakeAsync(await admin.SubmitAsync(new { agent_id = agent.Id })));
        await admin.IsAsync(beats.Id, "queued", LeaseOver);
        await admin.IsAsync(ends.Id, "queued", LeaseOver);

        Assert.True((await agent.ProgressAsync(beats, 1, "here again")).GetProperty("accepted").GetBoolean());
        Assert.True((await agent.ResultAsync(ends, new { })).Accepted);

        Assert.Equal("queued assigned running queued running", await admin.StatesAsync(beats.Id));
        Assert.Equal("queued assigned running queued done", await admin.StatesAsync(ends.Id));
    }

    [Fact(DisplayName = "A cancel is told in the next answer, its place stays taken until the agent says that it has stopped")]
    public async Task Canceled()
    {
        var admin = await app.AdminAsync();
        var agent = await HttpAgent.MakeAsync(app, admin);
        var task = await agent.TakeAsync(await admin.SubmitAsync(new { agent_id = agent.Id }));
        var next = await admin.SubmitAsync(new { agent_id = agent.Id });
        (await admin.PostAsync($"/api/v1/tasks/{task.Id}/cancel")).Is(200, 0);

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); watch.Elapsed < HastyApp.Lease * 2;)
        {
            var told = await agent.ProgressAsync(task, 1, "on my way");
            Assert.Equal((false, true, "ended"), (told.GetProperty("accepted").GetBoolean(), told.GetProperty("cancel").GetBoolean(), told.Text("reason")));
            (await agent.AcceptAsync(next)).Is(409, 3001);
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal((false, "ended"), await agent.ErrorAsync(task, "canceled", "stopped"));
        Assert.Equal(1, (await agent.TakeAsync(next)).Attempt);
        Assert.Equal("queued assigned running canceled", await admin.StatesAsync(task.Id));
    }

    [Fact(DisplayName = "What is moved is told so, and goes on elsewhere with its conversation; what it gives back unbegun is tried at once, what failed while it may")]
    public async Task MovedAndFailed()
    {
        var admin = await app.AdminAsync();
        var (from, to) = (await HttpAgent.MakeAsync(app, admin), await HttpAgent.MakeAsync(app, admin));
        var task = await from.TakeAsync(await admin.SubmitAsync(new { agent_id = from.Id, max_attempts = 3, retry = new { backoff = 0.1 } }));

        (await admin.PostAsync($"/api/v1/tasks/{task.Id}/migrate", new { agent_id = to.Id, grace_seconds = 60 })).Is(202, 0);
        var told = await from.BeatAsync(task);
        Assert.Equal((true, true, "moved"), (told.GetProperty("accepted").GetBoolean(), told.GetProperty("cancel").GetBoolean(), told.Text("reason")));
        Assert.InRange(told.GetProperty("grace_seconds").GetInt32(), 50, 60);
        var stopped = await from.PostAsync(task.Id, "error", new { attempt = 1, kind = "canceled", session_id = "where it stands" });
        Assert.True(stopped.Data.GetProperty("accepted").GetBoolean());

        var second = await to.TakeAsync(task.Id);
        Assert.Equal((2, "where it stands"), (second.Attempt, second.Order.Text("session_id")));
        Assert.True((await to.ErrorAsync(second, "refused", "not now")).Accepted);
        var third = await to.TakeAsync(task.Id);
        Assert.True((await to.ErrorAsync(third, "crashed", "fell over")).Accepted);
        await admin.IsAsync(task.Id, "queued");
        var last = await to.TakeAsync(task.Id);
        Assert.True((await to.ErrorAsync(last, "crashed", "fell over again")).Accepted);

        Assert.Equal("fell over again", (await admin.IsAsync(task.Id, "failed")).GetProperty("error").Text("message"));
    }

    [Fact(DisplayName = "Where its device is drained it is told to come to an end, and another goes on")]
    public async Task Drained()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        var machine = await Fleet.EnrolAsync(app, admin);
        var (agent, other) = (await HttpAgent.MakeAsync(app, admin, 1, [can], machine.Id), await HttpAgent.MakeAsync(app, admin, 1, [can]));
        var task = await agent.TakeAsync(await admin.SubmitAsync(new { requires = new { capabilities = new[] { can } } }));

        (await admin.PostAsync($"/api/v1/devices/{machine.Id}/drain")).Is(200, 0);
        await Eventually.TrueAsync(
            async () => (await agent.BeatAsync(task)) is var told && told.TryGetProperty("cancel", out _) && told.Text("reason") == "moved", LeaseOver, "it is told");
        Assert.True((await agent.ErrorAsync(task, "canceled", "stopped")).Accepted);

        Assert.Equal(2, (await other.TakeAsync(task.Id)).Attempt);
    }

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
