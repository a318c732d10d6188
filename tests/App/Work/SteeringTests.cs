using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>What people say to an agent while it works.</summary>
[Collection(WholeApp.Name)]
public sealed class SteeringTests(AgentsApp app)
{
    [Fact(DisplayName = "What a person says to a task or to its agent reaches who works on it, and stands in the session and in the audit")]
    public async Task Told()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("user"));
        await using var worker = await Worker.StartAsync(app, admin);
        var task = await worker.StartAsync(person.Api, await person.Api.SubmitAsync(new { agent_id = worker.AgentId, prompt = "write" }));

        (await person.Api.PostAsync($"/api/v1/tasks/{task.Id}/message", new { text = "shorter" })).Is(200, 0);
        var first = await worker.Socket.NextAsync(FrameType.TaskMessage);
        var told = await person.Api.PostAsync($"/api/v1/agents/{worker.AgentId}/message", new { text = "and kinder" });
        var second = await worker.Socket.NextAsync(FrameType.TaskMessage);

        Assert.Equal(task.Id, told.Text("task_id"));
        Assert.Equal((task.Id, task.Attempt, "shorter"), (first.GetProperty("task_id").GetString(), first.GetProperty("attempt").GetInt32(), first.GetProperty("text").GetString()));
        Assert.Equal("and kinder", second.GetProperty("text").GetString());
        var said = await person.Api.GetAsync($"/api/v1/sessions/{task.Id}/messages");
        Assert.Equal(
            ["user write", "user shorter", "user and kinder"],
            said.Data.GetProperty("items").EnumerateArray().Select(message => $"{message.GetProperty("role").GetString()} {message.GetProperty("text").GetString()}"));
        Assert.Equal(2L, (await Database.SingleAsync(app.App, "schedulerdb", "SELECT count(*) FROM audit_outbox WHERE target = $1 AND action = 'task.told'", task.Id))[0]);
    }

    [Fact(DisplayName = "Where nothing runs, or it is another's, nobody is told")]
    public async Task NotTold()
    {
        var (admin, person, other) = (await app.AdminAsync(), await app.PersonAsync("user"), (await app.PersonAsync("user")).Api);
        await using var worker = await Worker.StartAsync(app, admin);
        var asleep = await person.Api.SubmitAsync(new { agent_id = await Fleet.AgentAsync(admin, new { name = "asleep" }) });
        var task = await worker.StartAsync(person.Api, await person.Api.SubmitAsync(new { agent_id = worker.AgentId }));

        (await person.Api.PostAsync($"/api/v1/tasks/{asleep}/message", new { text = "hello" })).Is(409, 3001);
        (await other.PostAsync($"/api/v1/tasks/{task.Id}/message", new { text = "hello" })).Is(404, 2001);
        (await other.PostAsync($"/api/v1/agents/{worker.AgentId}/message", new { text = "hello" })).Is(409, 3001);
        (await other.PostAsync("/api/v1/agents/nobody/message", new { text = "hello" })).Is(404, 2001);
        (await person.Api.PostAsync($"/api/v1/tasks/{task.Id}/message", new { text = "" })).Is(400, 1001);
    }
}
