using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Agents that may not spend all they like.</summary>
internal static class BudgetCalls
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>One of a post of its own with these limits.</summary>
    public static async Task<(Worker Worker, string Post)> BoundAsync(this AgentsApp app, Api admin, object limits, int concurrency = 1)
    {
        var post = await admin.PostOfAsync(new { limits });
        return (await app.OfPostAsync(admin, post, concurrency), post);
    }

    /// <summary>One more of a post, of which Scheduler knows what it may spend.</summary>
    public static async Task<Worker> OfPostAsync(this AgentsApp app, Api admin, string post, int concurrency = 1)
    {
        var id = await Fleet.AgentAsync(admin, new { name = "bound", token = Worker.Token, concurrency, post_id = post });
        await Eventually.TrueAsync(
            async () => (await admin.BudgetAsync($"agents/{id}")).GetProperty("limits").EnumerateObject().Any(limit => limit.Value.ValueKind is JsonValueKind.Number), Limit, "its limits are known");
        return await Worker.ConnectAsync(app, id);
    }

    /// <summary>The agent's own day, beside its post's.</summary>
    public static async Task OwnDayAsync(this Api admin, string agent, int tokens)
    {
        (await admin.PutAsync($"/api/v1/agents/{agent}/config", new { overrides = new { limits = new { tokens_per_day = tokens } } })).Is(200, 0);
        await Eventually.TrueAsync(
            async () => (await admin.BudgetAsync($"agents/{agent}")).GetProperty("limits").GetProperty("tokens_per_day") is { ValueKind: JsonValueKind.Number } known && known.GetInt32() == tokens,
            Limit,
            "it is known");
    }

    public static async Task<JsonElement> BudgetAsync(this Api api, string of)
    {
        var budget = await api.GetAsync($"/api/v1/{of}/budget");
        budget.Is(200, 0);
        return budget.Data;
    }

    public static Task SpentAsync(this Api api, string of, long tokens) => Eventually.TrueAsync(
        async () => (await api.BudgetAsync(of)).GetProperty("spent").GetProperty("tokens").GetInt64() == tokens, Limit, $"{of} has spent {tokens}");

    /// <summary>It has used so much by now.</summary>
    public static Task UsesAsync(this Worker worker, Given task, long seq, int tokens, double cost = 0) =>
        worker.SayAsync(task, seq, "usage", new { input_tokens = tokens, output_tokens = 0, cost_usd = cost });

    public static async Task DoneAsync(this Worker worker, Given task, int tokens)
    {
        await worker.Socket.SendAsync(FrameType.TaskResult, new { task_id = task.Id, attempt = task.Attempt, result = new { }, usage = new { output_tokens = tokens } });
        Assert.True((await worker.AckAsync(task)).Accepted);
    }

    /// <summary>The only agent that could take it does not, and that is why. For a moment a word may be counted twice.</summary>
    public static async Task<string> WaitsAsync(this Api api, Worker worker, string task, string why)
    {
        await worker.NothingAsync();
        var detail = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var agent = (await api.GetAsync($"/api/v1/tasks/{task}/explain")).Data.GetProperty("agents")[0];
                detail = agent.Text("detail")!;
                return agent.Text("reason") == "budget" && detail.Contains(why, StringComparison.Ordinal);
            },
            Limit,
            $"it waits as {why}");
        return detail;
    }

    public static async Task<List<string?>> WarningsAsync(this Api api, string task) =>
    [
        .. (await api.GetAsync($"/api/v1/tasks/{task}/events?limit=1000")).Items().Where(item => item.Text("kind") == "log").Select(item => item.GetProperty("data").Text("text")),
    ];
}
