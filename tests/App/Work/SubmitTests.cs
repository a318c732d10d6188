using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>How tasks come in, and how they are refused.</summary>
[Collection(WholeApp.Name)]
public sealed class SubmitTests(AgentsApp app)
{
    [Fact(DisplayName = "What is wrong with a task is said at once, field by field")]
    public async Task Wrong()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "idle" });

        (await admin.PostAsync("/api/v1/tasks", new { agent_id = "nobody" })).Error("agent_id");
        (await admin.PostAsync("/api/v1/tasks", new { post_id = "nothing" })).Error("post_id");
        (await admin.PostAsync("/api/v1/tasks", new { requires = new { device = "nowhere" } })).Error("requires.device");
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, depends_on = new[] { Guid.NewGuid() } })).Error("depends_on");
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, depends_on = new[] { "#there" } })).Error("depends_on");
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, priority = 101 })).Is(400, 1001);
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, priority = "soon" })).Is(400, 1001);
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, timeout = 0, max_attempts = 0 })).Error("max_attempts");
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, prompt = "a\0b" })).Error("prompt");
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, input = new { text = new string('x', 130_000) } })).Is(202, 0);
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, input = new { text = new string('x', 4 << 20) } })).Error("input");
        (await admin.PostAsync($"/api/v1/agents/{Fleet.NewId("agent")}/tasks", new { prompt = "to nobody" })).Is(404, 2001);
    }

    [Fact(DisplayName = "A private agent is as good as none to others; a task is seen by who submitted it, and by who runs the place")]
    public async Task Private()
    {
        var admin = await app.AdminAsync();
        var (mine, other) = (await app.PersonAsync("user"), await app.PersonAsync("user"));
        var hidden = await Fleet.AgentAsync(admin, new { name = "hidden", visibility = "private" });
        var open = await Fleet.AgentAsync(admin, new { name = "open" });

        (await mine.Api.PostAsync("/api/v1/tasks", new { agent_id = hidden })).Error("agent_id");
        var id = await mine.Api.SubmitAsync(new { agent_id = open, prompt = "mine" });

        Assert.Equal("queued", (await mine.Api.TaskAsync(id)).GetProperty("status").GetString());
        Assert.Equal("queued", (await admin.TaskAsync(id)).GetProperty("status").GetString());
        (await other.Api.GetAsync($"/api/v1/tasks/{id}")).Is(404, 2001);
        (await other.Api.PostAsync($"/api/v1/tasks/{id}/cancel")).Is(404, 2001);
        (await other.Api.PostAsync("/api/v1/tasks", new { agent_id = open, depends_on = new[] { id } })).Error("depends_on");
    }

    [Fact(DisplayName = "A dedup key makes one task: the same is answered, or refused, or another one is made, as the policy says")]
    public async Task Dedup()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "idle" });
        var key = Guid.NewGuid().ToString();

        var first = await admin.SubmitAsync(new { agent_id = agent, dedup_key = key });
        var again = await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, dedup_key = key });
        var forced = await admin.SubmitAsync(new { agent_id = agent, dedup_key = key, dedup_policy = "force_new" });

        Assert.Equal((first, true), (again.Text("task_id"), again.Data.GetProperty("existing").GetBoolean()));
        (await admin.PostAsync("/api/v1/tasks", new { agent_id = agent, dedup_key = key, dedup_policy = "reject" })).Is(409, 3002);
        Assert.NotEqual(first, forced);
        Assert.Equal(forced, await admin.SubmitAsync(new { agent_id = agent, dedup_key = key }));
        var somebody = await app.PersonAsync("user");
        Assert.NotEqual(forced, await somebody.Api.SubmitAsync(new { agent_id = agent, dedup_key = key }));
        var shortly = await admin.SubmitAsync(new { agent_id = agent, dedup_key = key + "s", dedup_window = 1 });
        await Eventually.TrueAsync(async () => await admin.SubmitAsync(new { agent_id = agent, dedup_key = key + "s", dedup_window = 1 }) != shortly, TimeSpan.FromSeconds(5), "the window is over");
    }

    [Fact(DisplayName = "Twenty at once with one dedup key make one task; with one Idempotency-Key they get one answer")]
    public async Task AtOnce()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "idle" });
        var key = Guid.NewGuid().ToString();

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.SubmitAsync(new { agent_id = agent, dedup_key = key })));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.PostAsync("/api/v1/tasks", new { agent_id = agent, prompt = "once" }, ("Idempotency-Key", key))));

        Assert.Single(ids.Distinct());
        Assert.Single(answers.Select(answer => answer.Text("task_id")).Distinct());
        Assert.Equal(2, (await admin.GetAsync($"/api/v1/tasks?agent_id={agent}")).Data.GetProperty("total").GetInt64());
    }

    [Fact(DisplayName = "A batch is stored as a whole, or each task for itself, as the caller likes")]
    public async Task Batch()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "idle" });
        object[] tasks = [new { agent_id = agent, @ref = "a" }, new { agent_id = "nobody" }, new { agent_id = agent, depends_on = new[] { "#a" } }];

        var atomic = await admin.PostAsync("/api/v1/tasks/batch", new { tasks, atomic = true });
        Assert.Equal("there is no such agent", atomic.Error("tasks[1].agent_id"));
        Assert.Equal(0, (await admin.GetAsync($"/api/v1/tasks?agent_id={agent}")).Data.GetProperty("total").GetInt64());

        var each = (await admin.PostAsync("/api/v1/tasks/batch", new { tasks })).Data.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["queued", null, "blocked"], each.Select(item => item.GetProperty("status").GetString()));
        Assert.Equal(1001, each[1].GetProperty("code").GetInt32());
        Assert.Equal(2, (await admin.GetAsync($"/api/v1/tasks?agent_id={agent}")).Data.GetProperty("total").GetInt64());
    }

    [Fact(DisplayName = "A circle in a batch is refused, with all that waits for it; so is one of 1,001 tasks; 1,000 are stored")]
    public async Task BatchLimits()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "idle" });
        object[] circle =
        [
            new { agent_id = agent, @ref = "a", depends_on = new[] { "#b" } }, new { agent_id = agent, @ref = "b", depends_on = new[] { "#a" } },
            new { agent_id = agent, depends_on = new[] { "#b" } }, new { agent_id = agent, @ref = "free" },
        ];

        var items = (await admin.PostAsync("/api/v1/tasks/batch", new { tasks = circle })).Data.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([null, null, null, "queued"], items.Select(item => item.GetProperty("status").GetString()));
        (await admin.PostAsync("/api/v1/tasks/batch", new { tasks = Enumerable.Repeat(new { agent_id = agent }, 1001) })).Error("tasks");
        (await admin.PostAsync("/api/v1/tasks/batch", new { tasks = Array.Empty<object>() })).Error("tasks");

        var many = await admin.PostAsync("/api/v1/tasks/batch", new { tasks = Enumerable.Range(0, 1000).Select(n => new { agent_id = agent, type = $"n{n}" }), atomic = true });
        many.Is(202, 0);
        Assert.Equal(1001, (await admin.GetAsync($"/api/v1/tasks?agent_id={agent}")).Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "The tasks of a batch are given in the order in which they stand in it")]
    public async Task InOrder()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin, concurrency: 1);
        var tasks = Enumerable.Range(0, 10).Select(n => new { agent_id = worker.AgentId, type = $"n{n}" });

        var batch = await admin.PostAsync("/api/v1/tasks/batch", new { tasks, atomic = true });

        foreach (var item in batch.Data.GetProperty("items").EnumerateArray())
        {
            Assert.Equal(item.GetProperty("task_id").GetString(), (await worker.DoAsync()).Id);
        }
    }
}
