using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>What agents may spend: on a task, and in a day.</summary>
[Collection(WholeApp.Name)]
public sealed class BudgetsTests(AgentsApp app)
{
    [Fact(DisplayName = "Who spends more than a task may is told to stop, and the task fails with its conversation kept: a later one goes on with it")]
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
    }

    [Fact(DisplayName = "An agent whose day is spent is given nothing until it is over, and explain says so; a raised limit lets it go on at once")]
    public async Task Spent()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_day = 1000 });
        await using var own = worker;
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        var waits = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        await worker.DoneAsync(task, 1200);
        var detail = await admin.WaitsAsync(worker, waits, "1200 of 1000 tokens");

        await admin.SpentAsync($"agents/{worker.AgentId}", 1200);
        var budget = await admin.BudgetAsync($"agents/{worker.AgentId}");
        Assert.Equal((1000, 1.2), (budget.GetProperty("limits").GetProperty("tokens_per_day").GetInt32(), budget.GetProperty("share").GetDouble()));
        Assert.Contains($"{budget.GetProperty("until").GetDateTimeOffset():u}", detail, StringComparison.Ordinal);

        (await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { limits = new { tokens_per_day = 5000 } } })).Is(200, 0);
        Assert.Equal(waits, (await worker.DoAsync(waits)).Id);
    }

    [Fact(DisplayName = "Two agents of a post share its day; one that may spend less by itself stops sooner")]
    public async Task Shared()
    {
        var admin = await app.AdminAsync();
        var (one, post) = await app.BoundAsync(admin, new { tokens_per_day = 1000 });
        await using var first = one;
        await using var two = await app.OfPostAsync(admin, post);
        (await admin.PutAsync($"/api/v1/agents/{two.AgentId}/config", new { overrides = new { limits = new { tokens_per_day = 300 } } })).Is(200, 0);
        await one.DoneAsync(await one.StartAsync(admin, await admin.SubmitAsync(new { agent_id = one.AgentId })), 600);
        await two.DoneAsync(await two.StartAsync(admin, await admin.SubmitAsync(new { agent_id = two.AgentId })), 300);
        await admin.SpentAsync($"posts/{post}", 900);

        await admin.WaitsAsync(two, await admin.SubmitAsync(new { agent_id = two.AgentId }), $"agent {two.AgentId} is spent: 300 of 300 tokens");
        await one.DoneAsync(await one.StartAsync(admin, await admin.SubmitAsync(new { agent_id = one.AgentId })), 100);
        await admin.WaitsAsync(one, await admin.SubmitAsync(new { agent_id = one.AgentId }), $"post {post} is spent: 1000 of 1000 tokens");
    }

    [Fact(DisplayName = "What runs when the day is spent by another of its post is told to stop")]
    public async Task StoppedByADay()
    {
        var admin = await app.AdminAsync();
        var (one, post) = await app.BoundAsync(admin, new { cost_per_day = 1.5 });
        await using var first = one;
        await using var two = await app.OfPostAsync(admin, post);
        var spends = await one.StartAsync(admin, await admin.SubmitAsync(new { agent_id = one.AgentId }));
        var runs = await two.StartAsync(admin, await admin.SubmitAsync(new { agent_id = two.AgentId }));
        await one.UsesAsync(spends, 1, 10, 1.5);

        Assert.Equal(("budget", "budget"), ((await one.CancelAsync(spends)).Text("reason"), (await two.CancelAsync(runs)).Text("reason")));
        await two.ErrorAsync(runs, "stopped", "canceled");
        Assert.Contains($"The day's budget of post {post} is spent: $1.5 of $1.5.", (await admin.IsAsync(runs.Id, "failed")).GetProperty("error").Text("message"), StringComparison.Ordinal);
        // Who was quick enough has done it all the same.
        await one.DoneAsync(spends, 20);
        await admin.IsAsync(spends.Id, "done");
    }

    [Fact(DisplayName = "At four fifths it is said once to who watches the task, and stands in the budget")]
    public async Task Warned()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_task = 1000, tokens_per_day = 10_000 }, concurrency: 2);
        await using var own = worker;
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.UsesAsync(task, 1, 799);
        await admin.SpentAsync($"posts/{post}", 799);
        foreach (var (seq, tokens) in new[] { (2, 850), (3, 900), (4, 950) })
        {
            await worker.UsesAsync(task, seq, tokens);
            await Eventually.TrueAsync(async () => (await admin.WarningsAsync(task.Id)).Count > 0, TimeSpan.FromSeconds(10), "it was said");
            await admin.SpentAsync($"posts/{post}", tokens);
        }

        await worker.DoneAsync(task, 960);
        Assert.Equal(["85 % of the task's budget is spent: 850 of 1000 tokens."], await admin.WarningsAsync(task.Id));

        var last = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        (await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { limits = new { tokens_per_day = 1200 } } })).Is(200, 0);
        await Eventually.TrueAsync(async () => (await admin.WarningsAsync(last.Id)).Count > 0, TimeSpan.FromSeconds(10), "the day's was said");
        Assert.Equal([$"80 % of the day's budget of post {post} is spent: 960 of 1200 tokens."], await admin.WarningsAsync(last.Id));
        var (ofPost, ofAgent) = (await admin.BudgetAsync($"posts/{post}"), await admin.BudgetAsync($"agents/{worker.AgentId}"));
        Assert.Equal((0.8, 0.8), (ofPost.GetProperty("share").GetDouble(), ofAgent.GetProperty("share").GetDouble()));
        Assert.NotNull(ofPost.Text("warned_at"));
        Assert.NotNull(ofAgent.Text("warned_at"));
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
        (await admin.PutAsync($"/api/v1/agents/{agent.Id}/config", new { overrides = new { limits = new { tokens_per_day = 100 } } })).Is(200, 0);
        await Eventually.TrueAsync(
            async () => (await admin.BudgetAsync($"agents/{agent.Id}")).GetProperty("limits").GetProperty("tokens_per_day").ValueKind is JsonValueKind.Number, TimeSpan.FromSeconds(10), "it is known");
        var task = await TakeAsync(agent, await admin.SubmitAsync(new { agent_id = agent.Id }));
        await agent.PostAsync(task.Id, "progress", new { attempt = 1, seq = 1, kind = "usage", data = new { input_tokens = 100 } });

        await Eventually.TrueAsync(async () => (await agent.BeatAsync(task)).TryGetProperty("reason", out var reason) && reason.GetString() == "budget", TimeSpan.FromSeconds(10), "it is told");
        Assert.Equal((true, null), await agent.ErrorAsync(task, "canceled", "stopped"));
        Assert.Equal("quota", (await admin.IsAsync(task.Id, "failed")).GetProperty("error").Text("kind"));
        (await agent.AcceptAsync(await admin.SubmitAsync(new { agent_id = agent.Id }))).Is(409, 3001);
    }

    [Fact(DisplayName = "Nobody sees the budget of what he may not see")]
    public async Task Unseen()
    {
        var (admin, viewer) = (await app.AdminAsync(), (await app.PersonAsync("viewer")).Api);
        var hidden = await Fleet.AgentAsync(admin, new { name = "hidden", visibility = "private" });

        (await viewer.GetAsync($"/api/v1/agents/{hidden}/budget")).Is(404, 2001);
        (await admin.GetAsync("/api/v1/agents/none/budget")).Is(404, 2001);
        (await admin.GetAsync("/api/v1/posts/none/budget")).Is(404, 2001);
        Assert.Equal(JsonValueKind.Null, (await admin.BudgetAsync($"agents/{hidden}")).GetProperty("share").ValueKind);
    }

    /// <summary>As soon as it is counted that it has spent nothing yet.</summary>
    private static async Task<Given> TakeAsync(HttpAgent agent, string task)
    {
        Answer answer = default!;
        await Eventually.TrueAsync(async () => (answer = await agent.AcceptAsync(task)).Status is 200, TimeSpan.FromSeconds(10), "it may take it");
        return new(task, answer.Data.GetProperty("attempt").GetInt32(), answer.Data);
    }
}
