using Agents.Contracts.Realtime;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Registry;

namespace Agents.Tests.App.Work;

/// <summary>Work that goes on elsewhere: because a person says so, or because its machine is drained.</summary>
public sealed class MovingTests(HastyApp app) : IClassFixture<HastyApp>
{
    [Fact(DisplayName = "What waits for one agent is moved to another and keeps its place in the queue")]
    public async Task Waiting()
    {
        var admin = await app.AdminAsync();
        var asleep = await Fleet.AgentAsync(admin, new { name = "asleep", token = "a token of its own", concurrency = 1 });
        await using var awake = await Worker.StartAsync(app, admin, 1);
        var older = await admin.SubmitAsync(new { agent_id = asleep });
        var busy = await awake.StartAsync(admin, await admin.SubmitAsync(new { agent_id = awake.AgentId }));
        var younger = await admin.SubmitAsync(new { agent_id = awake.AgentId });

        (await admin.PostAsync($"/api/v1/tasks/{older}/migrate", new { agent_id = awake.AgentId })).Is(202, 0);
        Assert.Equal("busy", (await admin.GetAsync($"/api/v1/tasks/{older}/explain")).Data.GetProperty("agents")[0].GetProperty("reason").GetString());
        await awake.ResultAsync(busy, new { });

        Assert.Equal(older, (await awake.DoAsync()).Id);
        Assert.Equal(younger, (await awake.DoAsync()).Id);
        Assert.Equal("queued queued assigned running done", await admin.StatesAsync(older));
    }

    [Fact(DisplayName = "What runs is asked to come to a turn's end, and goes on at the other agent with its conversation; that was no try")]
    public async Task Running()
    {
        var admin = await app.AdminAsync();
        await using var from = await Worker.StartAsync(app, admin, 1);
        await using var to = await Worker.StartAsync(app, admin, 1);
        var id = await admin.SubmitAsync(new { agent_id = from.AgentId, max_attempts = 1 });
        var task = await from.StartAsync(admin, id);

        (await admin.PostAsync($"/api/v1/tasks/{id}/migrate", new { agent_id = to.AgentId, grace_seconds = 600 })).Is(202, 0);
        var asked = await from.CancelAsync(task);
        Assert.Equal((600, "moved"), (asked.GetProperty("grace_seconds").GetInt32(), asked.GetProperty("reason").GetString()));
        Assert.Equal("running", (await admin.TaskAsync(id)).GetProperty("status").GetString());
        await from.Socket.SendAsync(FrameType.TaskError, new { task_id = id, attempt = 1, error = "a turn's end", kind = "canceled", session_id = "what was said" });
        Assert.Equal((true, null), await from.AckAsync(task));

        var next = await to.NextAsync(id);
        Assert.Equal((2, "what was said"), (next.Attempt, next.Order.GetProperty("session_id").GetString()));
        await to.AcceptAsync(next);
        await to.ErrorAsync(next, "no more tries are left", "crashed");
        await admin.IsAsync(id, "failed");
        Assert.Equal("queued assigned running running queued assigned running failed", await admin.StatesAsync(id));
    }

    [Fact(DisplayName = "Who does not come to a turn's end in time is stopped: it can't go on with what it was told to leave, and its place is taken until it says that it has ended")]
    public async Task Stubborn()
    {
        var admin = await app.AdminAsync();
        await using var from = await Worker.StartAsync(app, admin, 1);
        await using var to = await Worker.StartAsync(app, admin, 1);
        var id = await admin.SubmitAsync(new { agent_id = from.AgentId });
        var task = await from.StartAsync(admin, id);
        var busy = await to.StartAsync(admin, await admin.SubmitAsync(new { agent_id = to.AgentId }));

        (await admin.PostAsync($"/api/v1/tasks/{id}/migrate", new { agent_id = to.AgentId, grace_seconds = 0 })).Is(202, 0);
        await from.CancelAsync(task);
        await admin.IsAsync(id, "queued");
        var waits = await admin.SubmitAsync(new { agent_id = from.AgentId });
        await from.RunningAsync(task);
        await from.CancelAsync(task);
        await from.NothingAsync();
        Assert.Equal("queued", (await admin.TaskAsync(id)).GetProperty("status").GetString());
        await from.ErrorAsync(task, "stopped", "canceled");
        Assert.Equal((false, "ended"), await from.AckAsync(task));

        Assert.Equal(waits, (await from.DoAsync()).Id);
        await to.ResultAsync(busy, new { });
        Assert.Equal(2, (await to.DoAsync(id)).Attempt);
    }

    [Fact(DisplayName = "Nobody moves what has ended, nor to where nothing is, nor somebody else's")]
    public async Task Refused()
    {
        var admin = await app.AdminAsync();
        var user = (await app.PersonAsync("user")).Api;
        await using var worker = await Worker.StartAsync(app, admin, 1);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var move = $"/api/v1/tasks/{id}/migrate";

        (await admin.PostAsync(move, new { })).Is(400, 1001);
        (await admin.PostAsync(move, new { agent_id = worker.AgentId, device_id = "d" })).Is(400, 1001);
        (await admin.PostAsync(move, new { agent_id = "nobody" })).Is(400, 1001);
        (await admin.PostAsync(move, new { device_id = "nowhere" })).Is(400, 1001);
        (await user.PostAsync(move, new { agent_id = worker.AgentId })).Is(404, 2001);
        await worker.DoAsync(id);
        (await admin.PostAsync(move, new { agent_id = worker.AgentId })).Is(409, 3001);
    }

    [Fact(DisplayName = "A drained device's queue goes to others of the post at once, its running work when its time is up; what only it may do waits for it")]
    public async Task Drained()
    {
        var admin = await app.AdminAsync();
        var (first, second) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var post = await admin.PostOfAsync();
        var leaving = await Fleet.AgentAsync(admin, new { name = "leaving", device_id = first.Id, post_id = post, concurrency = 1 });
        var staying = await Fleet.AgentAsync(admin, new { name = "staying", device_id = second.Id, post_id = post, concurrency = 8 });
        await using var from = await Worker.OnDeviceAsync(app, first, leaving);
        var running = await from.StartAsync(admin, await admin.SubmitAsync(new { agent_id = leaving }));
        var queued = await admin.SubmitAsync(new { agent_id = leaving });
        var bound = await admin.SubmitAsync(new { agent_id = leaving, requires = new { device = first.Id } });
        await using var to = await Worker.OnDeviceAsync(app, second, staying);

        (await admin.PostAsync($"/api/v1/devices/{first.Id}/drain")).Is(200, 0);
        Assert.Equal(staying, (await to.DoAsync(queued)).Order.GetProperty("agent_id").GetString());
        Assert.Equal("moved", (await from.CancelAsync(running)).GetProperty("reason").GetString());
        Assert.Equal(2, (await to.DoAsync(running.Id)).Attempt);
        Assert.Equal("draining", (await admin.GetAsync($"/api/v1/tasks/{bound}/explain")).Data.GetProperty("agents")[0].GetProperty("reason").GetString());

        await from.ErrorAsync(running, "stopped", "canceled");
        Assert.Equal((false, "superseded"), await from.AckAsync(running));
        (await admin.PostAsync($"/api/v1/devices/{first.Id}/resume")).Is(200, 0);
        await from.DoAsync(bound);
    }
}
