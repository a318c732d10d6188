using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Who watches is told before all is spent.</summary>
[Collection(WholeApp.Name)]
public sealed class BudgetWarningsTests(AgentsApp app)
{
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

    [Fact(DisplayName = "Where the end of a task has spent most of the day, the next one that begins is told so, and it alone")]
    public async Task WarnedLater()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_day = 1000 });
        await using var own = worker;
        await worker.DoneAsync(await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId })), 850);
        await Eventually.TrueAsync(async () => (await admin.BudgetAsync($"posts/{post}")).Text("warned_at") is not null, TimeSpan.FromSeconds(10), "it stands in the budget");

        var (next, last) = (await admin.SubmitAsync(new { agent_id = worker.AgentId }), await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        var task = await worker.StartAsync(admin, next);
        await Eventually.TrueAsync(async () => (await admin.WarningsAsync(next)).Count > 0, TimeSpan.FromSeconds(10), "it was said");
        await worker.DoneAsync(task, 20);
        task = await worker.StartAsync(admin, last);
        await admin.SpentAsync($"posts/{post}", 870);
        await worker.UsesAsync(task, 1, 5);
        await admin.SpentAsync($"posts/{post}", 875);

        Assert.Equal([$"85 % of the day's budget of post {post} is spent: 850 of 1000 tokens."], await admin.WarningsAsync(next));
        Assert.Empty(await admin.WarningsAsync(last));
    }
}
