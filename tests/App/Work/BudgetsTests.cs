using System.Text.Json;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>What agents may spend: on a task, and in a day.</summary>
[Collection(WholeApp.Name)]
public sealed class BudgetsTests(AgentsApp app)
{
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

    [Fact(DisplayName = "A day holds as many tasks at once as it could pay for; explain says what one needs, and it begins when another has ended with less")]
    public async Task Reserved()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_task = 600, tokens_per_day = 1000 }, concurrency: 2);
        await using var own = worker;
        await using var other = await app.OfPostAsync(admin, post);
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        var waits = await admin.SubmitAsync(new { agent_id = other.AgentId });
        await admin.WaitsAsync(other, waits, $"post {post} does not hold it: 0 of 1000 tokens are spent, those that run may spend 600 tokens more, and it may spend 600 tokens.");

        await worker.DoneAsync(task, 100);
        await other.DoAsync(waits);
    }

    [Fact(DisplayName = "An agent without a post that has spent its own day goes on by itself when its limit is raised, and when it is taken away")]
    public async Task Raised()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin, concurrency: 1);
        await admin.OwnDayAsync(worker.AgentId, 100);
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        var (second, third) = (await admin.SubmitAsync(new { agent_id = worker.AgentId }), await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.DoneAsync(task, 120);
        await admin.WaitsAsync(worker, second, "120 of 100 tokens");
        await admin.OwnDayAsync(worker.AgentId, 150);
        await worker.DoneAsync(await worker.StartAsync(admin, second), 40);
        await admin.WaitsAsync(worker, third, "160 of 150 tokens");

        (await admin.PutAsync($"/api/v1/agents/{worker.AgentId}/config", new { overrides = new { } })).Is(200, 0);
        await worker.DoAsync(third);
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
}
