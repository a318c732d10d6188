using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>The life of a task, from its submit to its stored result.</summary>
[Collection(WholeApp.Name)]
public sealed class LifeTests(AgentsApp app)
{
    [Fact(DisplayName = "A task goes to its agent, is accepted, tells how it goes, and its result is stored and acknowledged")]
    public async Task Done()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, type = "sum", prompt = "一加一", input = new { a = 1 } });

        var task = await worker.NextAsync(id);
        Assert.Equal(("sum", "一加一", 1, 20), (
            task.Order.GetProperty("type").GetString(), task.Order.GetProperty("prompt").GetString(), task.Order.GetProperty("input").GetProperty("a").GetInt32(),
            task.Order.GetProperty("lease_seconds").GetInt32()));
        await worker.AcceptAsync(task);
        await worker.SayAsync(task, 1, "text", "zwei");
        await worker.ResultAsync(task, new { sum = 2 });

        Assert.Equal((true, null), await worker.AckAsync(task));
        var done = await admin.IsAsync(id, "done");
        Assert.Equal(2, done.GetProperty("result").GetProperty("sum").GetInt32());
        Assert.Equal("queued assigned running done", await admin.StatesAsync(id));
        var attempts = (await admin.GetAsync($"/api/v1/tasks/{id}/attempts")).Data.GetProperty("items");
        Assert.Equal(("done", worker.AgentId), (attempts[0].GetProperty("status").GetString(), attempts[0].GetProperty("agent_id").GetString()));
    }

    [Fact(DisplayName = "A result that comes again is not accepted, and changes nothing; nor is one of a task that is not its holder's")]
    public async Task Repeated()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        await using var stranger = await Worker.StartAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var task = await worker.NextAsync(id);
        await worker.AcceptAsync(task);
        await admin.IsAsync(id, "running");

        await stranger.ResultAsync(task, new { by = "a stranger" });
        Assert.Equal((false, "unknown"), await stranger.AckAsync(task));
        await worker.ResultAsync(task, new { by = "its holder" });
        Assert.Equal((true, null), await worker.AckAsync(task));
        await worker.ResultAsync(task, new { by = "its holder", again = true });
        Assert.Equal((false, "already_stored"), await worker.AckAsync(task));

        Assert.Equal("""{"by":"its holder"}""", (await admin.TaskAsync(id)).GetProperty("result").GetRawText());
        Assert.Equal("queued assigned running done", await admin.StatesAsync(id));
    }

    [Fact(DisplayName = "Of several words on one task in one report the one that may end it does, whoever else spoke before; said twice it counts once")]
    public async Task Crowded()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var scheduler = Fleet.Scheduler(app);
        var holder = $"agent:{worker.AgentId}";
        foreach (var kind in new[] { WordKind.Result, WordKind.Error })
        {
            var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
            HolderWord Word(string from, int attempt) =>
                new(kind, from, "a connection", task.Id, attempt, Data: System.Text.Json.JsonSerializer.SerializeToElement(from), Error: from, Retryable: false);
            var answers = await scheduler.ReportAsync(
                new("a test", [Word("agent:stranger", 1), Word(holder, 0), Word(holder, 1), Word(holder, 1), Word("agent:stranger", 1)]), TestContext.Current.CancellationToken);

            Assert.Equal([true], answers.Items.Where(answer => answer.Accepted is true).Select(answer => answer.Holder == holder));
            Assert.Equal(4, answers.Items.Count(answer => answer.Accepted is false));
            var ended = await admin.TaskAsync(task.Id);
            Assert.Equal(holder, kind is WordKind.Result ? ended.GetProperty("result").GetString() : ended.GetProperty("error").GetProperty("message").GetString());
        }
    }

    [Fact(DisplayName = "An error ends a task, or it is tried again as the error says, with a pause, until its attempts are used up")]
    public async Task Errors()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var once = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var task = await worker.NextAsync(once);
        await worker.AcceptAsync(task);
        await worker.ErrorAsync(task, "no such file");
        Assert.True((await worker.AckAsync(task)).Accepted);
        Assert.Equal("no such file", (await admin.IsAsync(once, "failed")).GetProperty("error").GetProperty("message").GetString());

        var twice = await admin.SubmitAsync(new { agent_id = worker.AgentId, max_attempts = 2, retry = new { backoff = 0.2 } });
        foreach (var attempt in new[] { 1, 2 })
        {
            task = await worker.NextAsync(twice);
            Assert.Equal(attempt, task.Attempt);
            await worker.AcceptAsync(task);
            await worker.ErrorAsync(task, "it fell over", "crashed");
            Assert.True((await worker.AckAsync(task)).Accepted);
        }

        Assert.Equal("crashed", (await admin.IsAsync(twice, "failed")).GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal("queued assigned running scheduled queued assigned running failed", await admin.StatesAsync(twice));
    }

    [Fact(DisplayName = "An agent never has more than its concurrency, and a device never more than its own; urgent ones go first")]
    public async Task Slots()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);
        (await admin.PatchAsync($"/api/v1/devices/{device.Id}", new { concurrency = 3 })).Is(200, 0);
        var (a, b) = (await Fleet.AgentAsync(admin, new { name = "a", device_id = device.Id, concurrency = 2 }), await Fleet.AgentAsync(admin, new { name = "b", device_id = device.Id, concurrency = 2 }));
        string[] ids = [.. await Task.WhenAll(new[] { a, a, a, b, b, b }.Select(agent => admin.SubmitAsync(new { agent_id = agent, priority = "low" })))];
        var urgent = await admin.SubmitAsync(new { agent_id = a, priority = "urgent" });
        await using var holder = new Worker(a, await app.DeviceSocketAsync(device));

        Given[] first = [await holder.NextAsync(), await holder.NextAsync(), await holder.NextAsync()];
        Assert.Contains(urgent, first.Select(task => task.Id));
        Assert.InRange(first.Count(task => task.Order.GetProperty("agent_id").GetString() == a), 1, 2);
        await holder.NothingAsync();
        await holder.AcceptAsync(first[0]);
        await holder.ResultAsync(first[0], new { });
        Assert.NotEqual(first[0].Id, (await holder.NextAsync()).Id);
        await holder.NothingAsync();
        Assert.Equal(3, (await Task.WhenAll(ids.Append(urgent).Select(admin.TaskAsync))).Count(task => task.GetProperty("status").GetString() is "queued"));
    }

    [Fact(DisplayName = "A task for whoever can goes to one that has what is required, and to the less burdened one")]
    public async Task Chosen()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        await using var one = await Worker.StartAsync(app, admin, 2, [can, "sing"]);
        await using var two = await Worker.StartAsync(app, admin, 2, [can]);
        await using var cannot = await Worker.StartAsync(app, admin, 2);
        var requires = new { capabilities = new[] { can } };

        await admin.SubmitAsync(new { agent_id = one.AgentId });
        await one.NextAsync();
        var free = await admin.SubmitAsync(new { requires });
        Assert.Equal(free, (await two.NextAsync()).Id);
        var sung = await admin.SubmitAsync(new { requires = new { capabilities = new[] { "sing", can } } });
        Assert.Equal(sung, (await one.NextAsync()).Id);
        var never = await admin.SubmitAsync(new { requires = new { capabilities = new[] { can, "fly" } } });
        await cannot.NothingAsync();
        Assert.Equal("queued", (await admin.TaskAsync(never)).GetProperty("status").GetString());
        await using var flies = await Worker.StartAsync(app, admin, 2, [can, "fly"]);
        Assert.Equal(never, (await flies.NextAsync()).Id);
    }

    [Fact(DisplayName = "Why a task waits is explained, agent by agent")]
    public async Task Explained()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        await using var busy = await Worker.StartAsync(app, admin, 1, [can]);
        var away = await Fleet.AgentAsync(admin, new { name = "away", capabilities = new[] { can } });
        await admin.SubmitAsync(new { agent_id = busy.AgentId });
        await busy.NextAsync();
        var id = await admin.SubmitAsync(new { requires = new { capabilities = new[] { can } } });

        // Scheduler hears of a new agent a moment after Registry has it.
        Dictionary<string, string?> agents = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var why = (await admin.GetAsync($"/api/v1/tasks/{id}/explain")).Data;
                Assert.Equal("queued", why.GetProperty("status").GetString());
                agents = why.GetProperty("agents").EnumerateArray().ToDictionary(agent => agent.GetProperty("agent_id").GetString()!, agent => agent.GetProperty("reason").GetString());
                return agents.ContainsKey(away);
            },
            TimeSpan.FromSeconds(5), "all agents are looked at");
        Assert.Equal(("busy", "offline"), (agents[busy.AgentId], agents[away]));
        var cannot = await admin.SubmitAsync(new { agent_id = away, requires = new { capabilities = new[] { can, "fly" } } });
        var lacks = (await admin.GetAsync($"/api/v1/tasks/{cannot}/explain")).Data;
        Assert.Equal(("lacks_capability", "It lacks fly."), (lacks.GetProperty("agents")[0].GetProperty("reason").GetString(), lacks.GetProperty("reason").GetString()));
        var blocked = await admin.SubmitAsync(new { agent_id = away, depends_on = new[] { id } });
        Assert.Contains("depends on", (await admin.GetAsync($"/api/v1/tasks/{blocked}/explain")).Text("reason"));
    }

    [Fact(DisplayName = "What failed or was canceled is begun anew by who may; what is done is not")]
    public async Task Anew()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var task = await worker.NextAsync(id);
        await worker.AcceptAsync(task);
        await worker.ErrorAsync(task, "broken");
        await admin.IsAsync(id, "failed");

        (await admin.PostAsync($"/api/v1/tasks/{id}/retry")).Is(200, 0);
        Assert.Equal(2, (await worker.DoAsync(id)).Attempt);
        (await admin.PostAsync($"/api/v1/tasks/{id}/retry")).Is(409, 3001);
        Assert.Equal("queued assigned running failed queued assigned running done", await admin.StatesAsync(id));
    }

    [Fact(DisplayName = "An agent that refuses is left alone for a while; the task goes to another, and it was no attempt")]
    public async Task Refused()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        await using var one = await Worker.StartAsync(app, admin, 1, [can]);
        var id = await admin.SubmitAsync(new { requires = new { capabilities = new[] { can } }, max_attempts = 1 });
        var task = await one.NextAsync(id);
        await one.ErrorAsync(task, "not now", "refused");

        await using var two = await Worker.StartAsync(app, admin, 1, [can]);
        Assert.Equal(2, (await two.DoAsync(id)).Attempt);
        Assert.Equal("done", (await admin.TaskAsync(id)).GetProperty("status").GetString());
    }

    [Fact(DisplayName = "A task waits for those that it depends on, fails with them, or runs all the same where it says so")]
    public async Task Dependencies()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var first = await admin.SubmitAsync(new { agent_id = worker.AgentId, type = "first" });
        var task = await worker.NextAsync(first);
        var after = await admin.SubmitAsync(new { agent_id = worker.AgentId, depends_on = new[] { first } });
        var fails = await admin.SubmitAsync(new { agent_id = worker.AgentId, depends_on = new[] { after } });
        var chained = await admin.SubmitAsync(new { agent_id = worker.AgentId, depends_on = new[] { fails } });
        var anyway = await admin.SubmitAsync(new { agent_id = worker.AgentId, depends_on = new[] { fails, first }, on_dependency_failure = "run" });

        Assert.Equal("blocked", (await admin.TaskAsync(after)).GetProperty("status").GetString());
        await worker.AcceptAsync(task);
        await worker.ResultAsync(task, new { });
        var second = await worker.NextAsync(after);
        await worker.AcceptAsync(second);
        await worker.ErrorAsync(second, "broken");

        Assert.Equal("dependency_failed", (await admin.IsAsync(fails, "failed")).GetProperty("error").GetProperty("kind").GetString());
        await admin.IsAsync(chained, "failed");
        await worker.DoAsync(anyway);
        var late = await admin.SubmitAsync(new { agent_id = worker.AgentId, depends_on = new[] { first } });
        await worker.DoAsync(late);
    }

    [Fact(DisplayName = "A task waits until its time, and fails when its deadline passes before it has begun")]
    public async Task Times()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var asleep = await Fleet.AgentAsync(admin, new { name = "asleep" });
        var now = TimeProvider.System.GetUtcNow();

        var later = await admin.SubmitAsync(new { agent_id = worker.AgentId, not_before = now.AddSeconds(1.5) });
        var missed = await admin.SubmitAsync(new { agent_id = asleep, deadline = now.AddSeconds(1) });
        Assert.Equal("scheduled", (await admin.TaskAsync(later)).GetProperty("status").GetString());
        await worker.NextAsync(later);

        Assert.InRange(TimeProvider.System.GetUtcNow() - now, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(3));
        Assert.Equal("timeout", (await admin.IsAsync(missed, "failed")).GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact(DisplayName = "A task is canceled in every state; its program is told, and its place is taken until it has ended")]
    public async Task Canceled()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin, concurrency: 1);
        var running = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var task = await worker.NextAsync(running);
        await worker.AcceptAsync(task);
        await admin.IsAsync(running, "running");
        var queued = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var blocked = await admin.SubmitAsync(new { agent_id = worker.AgentId, depends_on = new[] { running } });
        var scheduled = await admin.SubmitAsync(new { agent_id = worker.AgentId, not_before = TimeProvider.System.GetUtcNow().AddHours(1) });
        var next = await admin.SubmitAsync(new { agent_id = worker.AgentId });

        foreach (var id in new[] { blocked, scheduled, queued, running })
        {
            var canceled = await admin.PostAsync($"/api/v1/tasks/{id}/cancel", new { grace_seconds = 3 });
            canceled.Is(200, 0);
            Assert.Equal("canceled", (await admin.TaskAsync(id)).GetProperty("status").GetString());
            (await admin.PostAsync($"/api/v1/tasks/{id}/cancel")).Is(409, 3001);
        }

        Assert.Equal(3, (await worker.CancelAsync(task)).GetProperty("grace_seconds").GetInt32());
        await worker.NothingAsync();
        await worker.ErrorAsync(task, "it has ended", "canceled");
        Assert.Equal((false, "ended"), await worker.AckAsync(task));
        Assert.Equal(next, (await worker.NextAsync()).Id);
        Assert.Equal("canceled", (await admin.TaskAsync(running)).GetProperty("status").GetString());
    }

    [Fact(DisplayName = "A task is submitted by a socket and answered by it; what happens is shown live to who may see it, and to nobody else")]
    public async Task BySocket()
    {
        var admin = await app.AdminAsync();
        var (mine, other) = (await app.PersonAsync("user"), await app.PersonAsync("user"));
        await using var worker = await Worker.StartAsync(app, admin);
        await using var page = await app.PersonSocketAsync(mine.Api);
        await using var strange = await app.PersonSocketAsync(other.Api);
        var frame = Guid.NewGuid().ToString();

        await page.SendAsync(FrameType.TaskSubmit, new { agent_id = worker.AgentId, type = "by socket", input = new { } }, frame);
        var answer = await page.NextAsync(FrameType.TaskState, said => said.TryGetProperty("ref", out var to) && to.GetString() == frame);
        var id = answer.GetProperty("task_id").GetString()!;
        var task = await worker.NextAsync(id);
        await worker.AcceptAsync(task);
        await worker.SayAsync(task, 1, "text", "halfway");
        await page.NextAsync(FrameType.TaskProgress, said => said.GetProperty("data").GetString() == "halfway");
        await worker.ResultAsync(task, new { });
        await page.NextAsync(FrameType.TaskState, said => said.GetProperty("status").GetString() == "done");

        var wrong = Guid.NewGuid().ToString();
        await page.SendAsync(FrameType.TaskSubmit, new { agent_id = "nobody" }, wrong);
        Assert.Equal(1001, await page.ErrorAsync(wrong));
        await strange.AnswersAsync();
        Assert.DoesNotContain(strange.Waiting(), seen => seen.Type is FrameType.TaskState or FrameType.TaskProgress);
    }

    [Fact(DisplayName = "Who comes back with the last event that he has seen misses nothing")]
    public async Task ComesBack()
    {
        var admin = await app.AdminAsync();
        var person = await app.PersonAsync("user");
        await using var worker = await Worker.StartAsync(app, admin);
        var page = await app.PersonSocketAsync(person.Api);
        var before = await person.Api.SubmitAsync(new { agent_id = worker.AgentId });
        await worker.DoAsync(before);
        var last = await page.NextAsync(FrameType.TaskState, said => said.GetProperty("status").GetString() == "done");
        await page.DisposeAsync();

        var meanwhile = await person.Api.SubmitAsync(new { agent_id = worker.AgentId });
        await worker.DoAsync(meanwhile);
        await using var again = await (await app.SocketAsync($"/ws?role=client&last_event_id={last.GetProperty("event_id").GetString()}", person.Api.Token)).JoinedAsync();
        foreach (var status in new[] { "queued", "assigned", "running", "done" })
        {
            await again.NextAsync(FrameType.TaskState, said => said.GetProperty("task_id").GetString() == meanwhile && said.GetProperty("status").GetString() == status);
        }

        var live = await person.Api.SubmitAsync(new { agent_id = worker.AgentId });
        await again.NextAsync(FrameType.TaskState, said => said.GetProperty("task_id").GetString() == live);
    }
}
