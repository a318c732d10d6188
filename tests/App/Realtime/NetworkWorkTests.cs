using System.Text.Json;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Realtime;

/// <summary>Tasks over seed 001's channel.</summary>
[Collection(WholeApp.Name)]
public sealed class NetworkWorkTests(AgentsApp app)
{
    [Fact(DisplayName = "A task by REST is assigned, accepted, followed and done over a flat socket, without a word of attempts")]
    public async Task Done()
    {
        var (admin, agent) = (await app.AdminAsync(), Fleet.NewId("agent"));
        await using var socket = await app.FlatAgentAsync(await Fleet.EnrolAsync(app, admin), agent, new { name = "a worker", capabilities = new[] { "chat" } });
        var task = await admin.SubmitAsync(new { agent_id = agent, type = "chat", input = new { text = "你好" } });

        var given = (await socket.NextAsync("task_assigned")).GetProperty("task");
        Assert.Equal((task, agent, "你好"), (given.GetProperty("task_id").GetString(), given.GetProperty("agent_id").GetString(), given.GetProperty("input").GetProperty("text").GetString()));
        await socket.SayAsync(new { type = "task_accept", task_id = task });
        await admin.IsAsync(task, "running");
        await socket.SayAsync(new { type = "task_progress", task_id = task, seq = 1, kind = "text", data = "half", percent = 50 });
        await socket.SayAsync(new { type = "task_result", task_id = task, result = new { text = "好" } });

        Assert.Equal("stored", (await UpdateAsync(socket, task)).GetProperty("status").GetString());
        Assert.Equal("好", (await admin.IsAsync(task, "done")).GetProperty("result").GetProperty("text").GetString());
        Assert.Equal("queued assigned running done", await admin.StatesAsync(task));
        await socket.SayAsync(new { type = "task_result", task_id = task, attempt = 1, result = new { text = "again" } });
        var refused = await UpdateAsync(socket, task);
        Assert.Equal(("refused", "already_stored"), (refused.GetProperty("status").GetString(), refused.GetProperty("reason").GetString()));
    }

    [Fact(DisplayName = "Over a flat socket a task asks and hears the answer, and is told what a person says to it, without a word of attempts")]
    public async Task Asked()
    {
        var (admin, agent) = (await app.AdminAsync(), Fleet.NewId("agent"));
        await using var socket = await app.FlatAgentAsync(await Fleet.EnrolAsync(app, admin), agent, new { capabilities = new[] { "chat" } });
        var task = await admin.SubmitAsync(new { agent_id = agent, type = "chat" });
        await socket.NextAsync("task_assigned");
        await socket.SayAsync(new { type = "task_accept", task_id = task });
        await admin.IsAsync(task, "running");

        await socket.SayAsync(new
        {
            type = "task_question",
            task_id = task,
            question_id = "go",
            kind = "permission",
            title = "May I?",
            options = new[] { "allow", "deny" },
            expires_at = TimeProvider.System.GetUtcNow().AddMinutes(5),
        });
        await admin.IsAsync(task, "waiting");
        (await admin.AnswerAsync(task, new { question_id = "go", allow = true, text = "but gently" })).Is(200, 0);
        var answer = await socket.NextAsync("task_answer");
        Assert.Equal(("go", true, "but gently"), (answer.GetProperty("question_id").GetString(), answer.GetProperty("allow").GetBoolean(), answer.GetProperty("text").GetString()));

        await admin.IsAsync(task, "running");
        (await admin.PostAsync($"/api/v1/tasks/{task}/message", new { text = "and quickly" })).Is(200, 0);
        var said = await socket.NextAsync("task_message");
        Assert.Equal((task, "and quickly"), (said.GetProperty("task_id").GetString(), said.GetProperty("text").GetString()));
    }

    [Fact(DisplayName = "An agent without capabilities is given none, and explain says no_task_channel; it may say otherwise, and take it back")]
    public async Task NoTaskChannel()
    {
        var (admin, agent) = (await app.AdminAsync(), Fleet.NewId("agent"));
        await using var socket = await app.FlatAgentAsync(await Fleet.EnrolAsync(app, admin), agent);
        var task = await admin.SubmitAsync(new { agent_id = agent, type = "chat" });
        await ReasonAsync(admin, task, "no_task_channel");
        await socket.AnswersAsync();
        Assert.DoesNotContain(socket.Waiting(), frame => frame.Type == "task_assigned");

        await socket.RegisterAsync(agent, new { accept_tasks = true });
        Assert.Equal(task, (await socket.NextAsync("task_assigned")).GetProperty("task").GetProperty("task_id").GetString());
        await socket.SayAsync(new { type = "task_accept", task_id = task });
        await admin.IsAsync(task, "running");
        await socket.RegisterAsync(agent, new { accept_tasks = false });
        var second = await admin.SubmitAsync(new { agent_id = agent, type = "chat" });
        await ReasonAsync(admin, second, "no_task_channel");

        // What it took it still speaks of, and is still told of.
        (await admin.PostAsync($"/api/v1/tasks/{task}/cancel")).Is(200, 0);
        Assert.Equal("canceled", (await UpdateAsync(socket, task)).GetProperty("status").GetString());
        await socket.SayAsync(new { type = "task_error", task_id = task, error = "stopped", kind = "canceled" });
        await UpdateAsync(socket, task);
    }

    [Fact(DisplayName = "An agent with capabilities that says it takes none is given none, one with its own token only what it asks for")]
    public async Task AsItSays()
    {
        var (admin, agent, token) = (await app.AdminAsync(), Fleet.NewId("agent"), Fleet.NewId("token"));
        await using var shy = await app.FlatAgentAsync(await Fleet.EnrolAsync(app, admin), agent, new { capabilities = new[] { "chat" }, accept_tasks = false });
        await ReasonAsync(admin, await admin.SubmitAsync(new { agent_id = agent, type = "chat" }), "no_task_channel");

        var alone = await Fleet.AgentAsync(admin, new { name = "alone", token, capabilities = new[] { "chat" } });
        await using var socket = await app.SocketAsync($"/ws/network?token={token}");
        await socket.ListAsync(alone, online: true);
        var task = await admin.SubmitAsync(new { agent_id = alone, type = "chat" });
        await ReasonAsync(admin, task, "no_task_channel");
        await socket.RegisterAsync(alone, new { accept_tasks = true });
        Assert.Equal(task, (await socket.NextAsync("task_assigned")).GetProperty("task").GetProperty("task_id").GetString());
    }

    [Fact(DisplayName = "What a flat agent may not say of tasks is answered with an error, and the connection stays")]
    public async Task Errors()
    {
        await using var socket = await app.FlatAgentAsync(await Fleet.EnrolAsync(app, await app.AdminAsync()), Fleet.NewId("agent"));

        await socket.SayAsync(new { type = "task_accept", id = "x", task_id = "none" });
        var error = await socket.NextAsync("error");
        Assert.Equal((1001, "task_id is not the id of a task.", "x"), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString(), error.GetProperty("ref").GetString()));
        await socket.SayAsync(new { type = "task_progress", id = "y", task_id = Guid.NewGuid(), percent = 101 });
        Assert.Equal(1001, await socket.ErrorAsync("y"));
        await socket.AnswersAsync();
    }

    private static Task<JsonElement> UpdateAsync(HubClient socket, string task) =>
        socket.NextAsync("task_update", update => update.GetProperty("task_id").GetString() == task);

    private static Task ReasonAsync(Api api, string task, string reason) => Eventually.TrueAsync(
        async () =>
        {
            var explained = await api.GetAsync($"/api/v1/tasks/{task}/explain");
            return explained.Status is 200 && explained.Data.GetProperty("agents").EnumerateArray().Any(agent => agent.GetProperty("reason").GetString() == reason);
        },
        TimeSpan.FromSeconds(10), reason);
}
