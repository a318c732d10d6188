using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Mcp;

/// <summary>Work that agents hand to each other, by the tools of a real daemon.</summary>
[Collection(WholeApp.Name)]
public sealed class HandoverTests(AgentsApp app)
{
    [Fact(DisplayName = "An agent finds a colleague, hands work to it, waits and gets its result; the task is the same owner's, below the first")]
    public async Task Result()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (first, _) = await device.AgentAsync(ToolUser.Script);
        var (second, post) = await device.AgentAsync(ToolUser.Script);
        var (prompt, part) = (ToolUser.NewPrompt(), ToolUser.NewPrompt());
        var task = await device.SubmitAsync(first, prompt);
        await using var user = await ToolUser.OfAsync(prompt);

        var there = (await user.CallAsync("list_agents")).GetProperty("items").EnumerateArray().ToDictionary(each => each.GetProperty("agent_id").GetString()!);
        Assert.True(there[first].GetProperty("self").GetBoolean());
        Assert.Equal((true, post), (there[second].GetProperty("online").GetBoolean(), there[second].GetProperty("post_id").GetString()));
        var child = await user.HandOverAsync(second, part);
        Assert.Equal(child, (await user.CallAsync("handed_over")).GetProperty("items")[0].GetProperty("task_id").GetString());
        await using var colleague = await ToolUser.OfAsync(part);
        Assert.Equal("running", (await user.CallAsync("wait_for", new { task_id = child, seconds = 0 })).GetProperty("status").GetString());
        var waiting = user.CallAsync("wait_for", new { task_id = child, seconds = 45 });
        colleague.End("the part");

        var done = await waiting;
        Assert.Equal(("done", "the part"), (done.GetProperty("status").GetString(), done.GetProperty("result").GetProperty("text").GetString()));
        user.End("all of it");
        Assert.Equal("all of it", await device.DoneAsync(task));
        var (whole, its) = (await device.Admin.TaskAsync(task), await device.Admin.TaskAsync(child));
        Assert.Equal((task, whole.GetProperty("created_by").GetString()), (its.GetProperty("parent_id").GetString(), its.GetProperty("created_by").GetString()));
    }

    [Fact(DisplayName = "Two agents that hand each other work end at the third time, with words that say what to do instead")]
    public async Task Depth()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (first, _) = await device.AgentAsync(ToolUser.Script);
        var (second, _) = await device.AgentAsync(ToolUser.Script);
        var prompt = ToolUser.NewPrompt();
        var task = await device.SubmitAsync(first, prompt);
        for (var depth = 1; depth <= 3; depth++)
        {
            await using var user = await ToolUser.OfAsync(prompt);
            await user.HandOverAsync(depth % 2 == 1 ? second : first, prompt = ToolUser.NewPrompt());
        }

        await using var last = await ToolUser.OfAsync(prompt);
        Assert.Contains("handed on 3 times already", await last.RefusedAsync("hand_over", new { agent_id = first, prompt = "once more" }), StringComparison.Ordinal);
        (await device.Admin.PostAsync($"/api/v1/tasks/{task}/cancel", new { grace_seconds = 1 })).Is(200, 0);
    }

    [Fact(DisplayName = "A task hands over twenty pieces of work and no more")]
    public async Task Count()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync(ToolUser.Script);
        var prompt = ToolUser.NewPrompt();
        var task = await device.SubmitAsync(agent, prompt);
        await using var user = await ToolUser.OfAsync(prompt);

        for (var n = 19; n >= 0; n--)
        {
            Assert.Equal(n, (await user.CallAsync("hand_over", new { agent_id = agent, prompt = ToolUser.NewPrompt() })).GetProperty("left").GetInt32());
        }

        Assert.Contains("20 pieces of work", await user.RefusedAsync("hand_over", new { agent_id = agent, prompt = "more" }), StringComparison.Ordinal);
        (await device.Admin.PostAsync($"/api/v1/tasks/{task}/cancel", new { grace_seconds = 1 })).Is(200, 0);
    }

    [Fact(DisplayName = "What colleagues have spent counts for the first task's budget: when it is spent nothing more is handed over")]
    public async Task Budget()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        await using var worker = await Worker.StartAsync(app, device.Admin, 2);
        var (agent, _) = await device.AgentAsync(ToolUser.Script, limits: new { timeout = 120, tokens_per_task = 1000 });
        var prompt = ToolUser.NewPrompt();
        await device.SubmitAsync(agent, prompt);
        await using var user = await ToolUser.OfAsync(prompt);

        var child = await user.HandOverAsync(worker.AgentId, "dear");
        var given = await worker.StartAsync(device.Admin, child);
        await worker.DoneAsync(given, tokens: 1100);
        await device.Admin.IsAsync(child, "done");

        var refused = await user.RefusedAsync("hand_over", new { agent_id = worker.AgentId, prompt = "more" });
        Assert.Contains("1100 of 1000 tokens", refused, StringComparison.Ordinal);
        user.End("");
    }

    [Fact(DisplayName = "Work that could begin only after who waits for it has ended is refused, and the reason said")]
    public async Task Deadlock()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (alone, post) = await device.AgentAsync(ToolUser.Script, concurrency: 1);
        var (other, _) = await device.AgentAsync(ToolUser.Script, concurrency: 1);
        var (prompt, part) = (ToolUser.NewPrompt(), ToolUser.NewPrompt());
        await device.SubmitAsync(alone, prompt);
        await using var user = await ToolUser.OfAsync(prompt);

        Assert.Contains("can't begin before you end", await user.RefusedAsync("hand_over", new { agent_id = alone, prompt = "x" }), StringComparison.Ordinal);
        Assert.Contains("can't begin before you end", await user.RefusedAsync("hand_over", new { post_id = post, prompt = "x" }), StringComparison.Ordinal);
        await user.HandOverAsync(other, part);
        await using var colleague = await ToolUser.OfAsync(part);
        Assert.Contains("can't begin before you end", await colleague.RefusedAsync("hand_over", new { agent_id = alone, prompt = "back" }), StringComparison.Ordinal);
        colleague.End("");
        user.End("");
    }

    [Fact(DisplayName = "With a task that is canceled all that was handed on for it ends; what a done one handed over goes on")]
    public async Task Canceled()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (first, _) = await device.AgentAsync(ToolUser.Script);
        var (second, _) = await device.AgentAsync(ToolUser.Script);
        var (prompt, part, piece) = (ToolUser.NewPrompt(), ToolUser.NewPrompt(), ToolUser.NewPrompt());
        var task = await device.SubmitAsync(first, prompt);
        await using var user = await ToolUser.OfAsync(prompt);
        var child = await user.HandOverAsync(second, part);
        await using var colleague = await ToolUser.OfAsync(part);
        var grandchild = await colleague.HandOverAsync(first, piece);
        await using var third = await ToolUser.OfAsync(piece);

        (await device.Admin.PostAsync($"/api/v1/tasks/{task}/cancel", new { grace_seconds = 1 })).Is(200, 0);
        await device.Admin.IsAsync(child, "canceled");
        await device.Admin.IsAsync(grandchild, "canceled");

        var (again, goesOn) = (ToolUser.NewPrompt(), ToolUser.NewPrompt());
        var done = await device.SubmitAsync(first, again);
        await using var other = await ToolUser.OfAsync(again);
        var left = await other.HandOverAsync(second, goesOn);
        other.End("handed over");
        Assert.Equal("handed over", await device.DoneAsync(done));
        await using var last = await ToolUser.OfAsync(goesOn);
        last.End("by myself");
        Assert.Equal("by myself", await device.DoneAsync(left));
    }

    [Fact(DisplayName = "An agent hands work only to those that the task's owner may use, and another device hands over nothing in its name")]
    public async Task Rights()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        await using var stranger = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync(ToolUser.Script);
        var (hidden, _) = await device.AgentAsync(ToolUser.Script);
        (await device.Admin.PatchAsync($"/api/v1/agents/{hidden}", new { visibility = "private" })).Is(200, 0);
        var person = await app.PersonAsync("user");
        var prompt = ToolUser.NewPrompt();
        var task = await person.Api.SubmitAsync(new { agent_id = agent, prompt });
        await using var user = await ToolUser.OfAsync(prompt);

        Assert.DoesNotContain(hidden, (await user.CallAsync("list_agents")).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("no such agent", await user.RefusedAsync("hand_over", new { agent_id = hidden, prompt = "x" }), StringComparison.Ordinal);
        var body = new { attempt = 1, agent_id = agent, prompt = "x" };
        Assert.Equal(409, (await stranger.AsDevice(app).PostAsync($"/api/v1/tasks/{task}/handovers", body)).Status);
        Assert.Equal(409, (await device.AsDevice(app).PostAsync($"/api/v1/tasks/{task}/handovers", body with { attempt = 2 })).Status);
        user.End("");
    }
}
