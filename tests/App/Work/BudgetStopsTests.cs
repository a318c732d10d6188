using Agents.Contracts.Realtime;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>What runs, and has spent what it may, comes to an end from which it can go on.</summary>
[Collection(WholeApp.Name)]
public sealed class BudgetStopsTests(AgentsApp app)
{
    [Fact(DisplayName = "Who spends more than a task may is told to stop, and the task fails with its conversation kept: a later one goes on with it, and so does the task itself where it is retried")]
    public async Task Stopped()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_task = 1000 });
        await using var own = worker;
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, prompt = "much", max_attempts = 3 });
        var task = await worker.StartAsync(admin, id);
        await worker.UsesAsync(task, 1, 999);
        await admin.SpentAsync($"agents/{worker.AgentId}", 999);
        await worker.UsesAsync(task, 2, 1200);

        var asked = await worker.CancelAsync(task);
        Assert.Equal((10, "budget"), (asked.GetProperty("grace_seconds").GetInt32(), asked.Text("reason")));
        Assert.Equal("running", (await admin.TaskAsync(id)).Text("status"));
        var talk = Fleet.NewId("talk");
        await worker.Socket.SendAsync(FrameType.TaskError, new { task_id = id, attempt = 1, error = "stopped", kind = "canceled", session_id = talk, usage = new { input_tokens = 1250 } });
        Assert.Equal((true, null), await worker.AckAsync(task));

        var failed = await admin.IsAsync(id, "failed");
        Assert.Equal(("quota", "The task's budget is spent: 1200 of 1000 tokens.", talk), (
            failed.GetProperty("error").Text("kind"), failed.GetProperty("error").Text("message"), failed.Text("session_id")));
        Assert.Equal("queued assigned running running failed", await admin.StatesAsync(id));
        await admin.SpentAsync($"posts/{post}", 1250);
        var next = await worker.DoAsync(await admin.SubmitAsync(new { agent_id = worker.AgentId, prompt = "go on", session_id = talk }));
        Assert.Equal(talk, next.Order.GetProperty("session_id").GetString());

        (await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { limits = new { tokens_per_task = 5000 } } })).Is(200, 0);
        (await admin.PostAsync($"/api/v1/tasks/{id}/retry")).Is(200, 0);
        var again = await worker.StartAsync(admin, id);
        Assert.Equal((2, talk), (again.Attempt, again.Order.GetProperty("session_id").GetString()));
        // What it had used is its past: it begins with nothing spent.
        await worker.UsesAsync(again, 1, 4000);
        await worker.DoneAsync(again, 4200);
        await admin.SpentAsync($"posts/{post}", 1250 + 4200);
    }

    [Fact(DisplayName = "Of two that run at once, and together spend the day, both are told to stop by the word that crosses the line; what was said stays")]
    public async Task StoppedByADay()
    {
        var admin = await app.AdminAsync();
        var (one, post) = await app.BoundAsync(admin, new { cost_per_day = 1.5 });
        await using var first = one;
        await using var two = await app.OfPostAsync(admin, post);
        var spends = await one.StartAsync(admin, await admin.SubmitAsync(new { agent_id = one.AgentId }));
        var runs = await two.StartAsync(admin, await admin.SubmitAsync(new { agent_id = two.AgentId }));
        await two.SayAsync(runs, 1, "text", "half of it");
        await one.UsesAsync(spends, 1, 10, 0.8);
        await two.UsesAsync(runs, 2, 10, 0.6);
        await admin.SpentAsync($"posts/{post}", 20);
        Assert.Equal(("running", "running"), ((await admin.TaskAsync(spends.Id)).Text("status"), (await admin.TaskAsync(runs.Id)).Text("status")));
        Assert.DoesNotContain([.. one.Socket.Waiting(), .. two.Socket.Waiting()], frame => frame.Type == FrameType.TaskCancel);

        await two.UsesAsync(runs, 3, 20, 0.7);
        Assert.Equal(("budget", "budget"), ((await one.CancelAsync(spends)).Text("reason"), (await two.CancelAsync(runs)).Text("reason")));
        await two.ErrorAsync(runs, "stopped", "canceled");
        var error = (await admin.IsAsync(runs.Id, "failed")).GetProperty("error");
        Assert.Equal(("quota", $"The day's budget of post {post} is spent: $1.5 of $1.5."), (error.Text("kind"), error.Text("message")));
        var said = (await admin.GetAsync($"/api/v1/tasks/{runs.Id}/events?limit=1000")).Items();
        Assert.Equal("half of it", said.Single(item => item.Text("kind") == "text").GetProperty("data").GetString());
        // Who was quick enough has done it all the same.
        await one.DoneAsync(spends, 20);
        await admin.IsAsync(spends.Id, "done");
    }

    [Fact(DisplayName = "A day's limit that is set below what is spent stops what runs; raised again, for the agent alone, it lets go on what waits")]
    public async Task Lowered()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_day = 1000 });
        await using var own = worker;
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        var waits = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        await worker.UsesAsync(task, 1, 500);
        await admin.SpentAsync($"posts/{post}", 500);
        (await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { limits = new { tokens_per_day = 400 } } })).Is(200, 0);

        Assert.Equal("budget", (await worker.CancelAsync(task)).Text("reason"));
        await worker.ErrorAsync(task, "stopped", "canceled");
        Assert.Contains("500 of 400 tokens", (await admin.IsAsync(task.Id, "failed")).GetProperty("error").Text("message"), StringComparison.Ordinal);
        await admin.WaitsAsync(worker, waits, "500 of 400 tokens");

        await admin.OwnDayAsync(worker.AgentId, 2000);
        await admin.WaitsAsync(worker, waits, $"post {post} is spent: 500 of 400 tokens");
        (await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { limits = new { tokens_per_day = 2000 } } })).Is(200, 0);
        await worker.DoAsync(waits);
    }

    [Fact(DisplayName = "What failed attempts have used counts as well, each word once, and to the task as a whole")]
    public async Task Tries()
    {
        var admin = await app.AdminAsync();
        var (worker, _) = await app.BoundAsync(admin, new { tokens_per_task = 1000 });
        await using var own = worker;
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, retry = new { backoff = 0 } });
        var first = await worker.StartAsync(admin, id);
        await worker.UsesAsync(first, 1, 500);
        await worker.Socket.SendAsync(FrameType.TaskError, new { task_id = id, attempt = 1, error = "no", kind = "crashed", usage = new { input_tokens = 600 } });
        Assert.True((await worker.AckAsync(first)).Accepted);
        await admin.SpentAsync($"agents/{worker.AgentId}", 600);

        var second = await worker.NextAsync(id);
        await worker.AcceptAsync(second);
        await worker.UsesAsync(second, 1, 450);

        Assert.Equal("budget", (await worker.CancelAsync(second)).Text("reason"));
        await worker.ErrorAsync(second, "stopped", "canceled");
        Assert.Equal("The task's budget is spent: 1050 of 1000 tokens.", (await admin.IsAsync(id, "failed")).GetProperty("error").Text("message"));
        await admin.SpentAsync($"agents/{worker.AgentId}", 1050);
    }

    [Fact(DisplayName = "An agent without a socket is told in the answer to its next word, and may take nothing when its day is spent")]
    public async Task ByHttp()
    {
        var admin = await app.AdminAsync();
        var agent = await HttpAgent.MakeAsync(app, admin);
        await admin.OwnDayAsync(agent.Id, 100);
        var task = await TakeAsync(agent, await admin.SubmitAsync(new { agent_id = agent.Id }));
        await agent.PostAsync(task.Id, "progress", new { attempt = 1, seq = 1, kind = "usage", data = new { input_tokens = 100 } });

        await Eventually.TrueAsync(async () => (await agent.BeatAsync(task)).TryGetProperty("reason", out var reason) && reason.GetString() == "budget", TimeSpan.FromSeconds(10), "it is told");
        Assert.Equal((true, null), await agent.ErrorAsync(task, "canceled", "stopped"));
        Assert.Equal("quota", (await admin.IsAsync(task.Id, "failed")).GetProperty("error").Text("kind"));
        (await agent.AcceptAsync(await admin.SubmitAsync(new { agent_id = agent.Id }))).Is(409, 3001);
    }

    /// <summary>As soon as it is counted that it has spent nothing yet.</summary>
    private static async Task<Given> TakeAsync(HttpAgent agent, string task)
    {
        Answer answer = default!;
        await Eventually.TrueAsync(async () => (answer = await agent.AcceptAsync(task)).Status is 200, TimeSpan.FromSeconds(10), "it may take it");
        return new(task, answer.Data.GetProperty("attempt").GetInt32(), answer.Data);
    }
}
