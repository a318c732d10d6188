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
}
