using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>What programs ask while they work, and what people answer.</summary>
[Collection(WholeApp.Name)]
public sealed class QuestionsTests(AgentsApp app)
{
    [Fact(DisplayName = "While a person is asked a task waits; the answer reaches the agent, who goes on with it")]
    public async Task Asked()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("user"));
        await using var worker = await Worker.StartAsync(app, admin, 1);
        var task = await worker.StartAsync(person.Api, await person.Api.SubmitAsync(new { agent_id = worker.AgentId, prompt = "tidy up" }));

        await worker.AskAsync(task, "tidy");
        await person.Api.IsAsync(task.Id, "waiting");
        Assert.Equal(["tidy"], await person.Api.WaitingAsync(task.Id));
        Assert.Equal([task.Id], await IdsAsync(person.Api, "waiting"));
        Assert.Empty(await IdsAsync(person.Api, "running"));
        (await person.Api.AnswerAsync(task.Id, new { question_id = "tidy", allow = true, text = "but slowly" })).Is(200, 0);
        var answer = await worker.AnsweredAsync("tidy");
        await person.Api.IsAsync(task.Id, "running");
        await worker.ResultAsync(task, new { });
        Assert.True((await worker.AckAsync(task)).Accepted);

        Assert.Equal((true, "but slowly"), (answer.GetProperty("allow").GetBoolean(), answer.GetProperty("text").GetString()));
        Assert.Equal("queued assigned running waiting running done", await person.Api.StatesAsync(task.Id));
        var asked = await person.Api.QuestionAsync(task.Id, "tidy");
        Assert.Equal((person.Id, false), (asked.GetProperty("by").GetString(), asked.GetProperty("open").GetBoolean()));
        Assert.Empty(await person.Api.WaitingAsync(task.Id));
        Assert.Equal(["task.answered", "tidy: allow"], await Database.SingleAsync(app.App, "schedulerdb", "SELECT action, detail FROM audit_outbox WHERE target = $1", task.Id));
    }

    [Fact(DisplayName = "The first answer counts: the second hears whose it was, and what fits not the question is refused")]
    public async Task First()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("user"));
        await using var worker = await Worker.StartAsync(app, admin);
        var task = await worker.StartAsync(person.Api, await person.Api.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.AskAsync(task, "colour", "question", ["red", "blue"]);
        await person.Api.IsAsync(task.Id, "waiting");

        var wrong = await person.Api.AnswerAsync(task.Id, new { question_id = "colour", option = "green" });
        (await person.Api.AnswerAsync(task.Id, new { question_id = "colour", option = "red" })).Is(200, 0);
        var second = await admin.AnswerAsync(task.Id, new { question_id = "colour", option = "blue" });

        wrong.Is(400, 1001);
        Assert.Equal("must be one of red, blue", wrong.Error("option"));
        second.Is(409, 3001);
        Assert.Contains((await person.Api.GetAsync("/api/v1/auth/me")).Text("name"), second.Message, StringComparison.Ordinal);
        Assert.Equal("red", (await worker.AnsweredAsync("colour")).GetProperty("option").GetString());
    }

    [Fact(DisplayName = "Neither another's question nor one that was never asked can be answered, and nobody else sees what is asked")]
    public async Task NotHis()
    {
        var (admin, person, other) = (await app.AdminAsync(), await app.PersonAsync("user"), (await app.PersonAsync("user")).Api);
        await using var worker = await Worker.StartAsync(app, admin);
        var task = await worker.StartAsync(person.Api, await person.Api.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.AskAsync(task, "go");
        await person.Api.IsAsync(task.Id, "waiting");

        (await other.AnswerAsync(task.Id, new { question_id = "go", allow = true })).Is(404, 2001);
        (await other.GetAsync($"/api/v1/tasks/{task.Id}/questions")).Is(404, 2001);
        (await person.Api.AnswerAsync(task.Id, new { question_id = "another", allow = true })).Is(404, 2001);
        (await person.Api.AnswerAsync(task.Id, new { question_id = "go" })).Is(400, 1001);
        Assert.Empty(await other.WaitingAsync(task.Id));
        Assert.Equal(["go"], await admin.WaitingAsync(task.Id));
    }

    [Fact(DisplayName = "What nobody answers in time is over, and the task runs on")]
    public async Task Expired()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));

        await worker.AskAsync(task, "soon", within: TimeSpan.FromSeconds(2));
        await worker.AskAsync(task, "later");
        await admin.IsAsync(task.Id, "waiting");
        await Eventually.TrueAsync(
            async () => (await admin.QuestionAsync(task.Id, "soon")).GetProperty("by").GetString() is "expired", TimeSpan.FromSeconds(10), "its time is over");
        await admin.IsAsync(task.Id, "waiting");
        (await admin.AnswerAsync(task.Id, new { question_id = "soon", allow = true })).Is(409, 3001);
        (await admin.AnswerAsync(task.Id, new { question_id = "later", allow = false })).Is(200, 0);

        await admin.IsAsync(task.Id, "running");
        Assert.Equal("queued assigned running waiting running", await admin.StatesAsync(task.Id));
    }

    [Fact(DisplayName = "Asked again a question is the same one, and who comes back hears what was answered meanwhile; with the task's end all are over")]
    public async Task Again()
    {
        var admin = await app.AdminAsync();
        var worker = await Worker.StartAsync(app, admin);
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.AskAsync(task, "one");
        await worker.AskAsync(task, "two");
        await worker.AskAsync(task, "one");
        await Eventually.TrueAsync(async () => (await admin.WaitingAsync(task.Id)).Count == 2, TimeSpan.FromSeconds(10), "two are asked");

        await worker.DisposeAsync();
        (await admin.AnswerAsync(task.Id, new { question_id = "one", allow = true })).Is(200, 0);
        await using var back = await Worker.ConnectAsync(app, worker.AgentId);
        Assert.True((await back.AnsweredAsync("one")).GetProperty("allow").GetBoolean());
        await back.AskAsync(task, "one");
        Assert.True((await back.AnsweredAsync("one")).GetProperty("allow").GetBoolean());
        (await admin.PostAsync($"/api/v1/tasks/{task.Id}/cancel")).Is(200, 0);

        Assert.Equal("over", (await admin.QuestionAsync(task.Id, "two")).GetProperty("by").GetString());
        (await admin.AnswerAsync(task.Id, new { question_id = "two", allow = true })).Is(409, 3001);
        Assert.Equal("queued assigned running waiting canceled", await admin.StatesAsync(task.Id));
    }

    [Fact(DisplayName = "One attempt has no more than twenty questions open, and what is one too many is refused by the frame's id")]
    public async Task TooMany()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));

        for (var n = 0; n < 20; n++)
        {
            await worker.AskAsync(task, $"q{n}");
        }

        await worker.AskAsync(task, "too many", id: "the last one");

        Assert.Equal(1001, await worker.Socket.ErrorAsync("the last one"));
        Assert.Equal(20, (await admin.WaitingAsync(task.Id)).Count);
    }

    [Fact(DisplayName = "A page sees questions and answers of what it may see as they come, and another's page does not")]
    public async Task Live()
    {
        var (admin, person, other) = (await app.AdminAsync(), await app.PersonAsync("user"), await app.PersonAsync("user"));
        await using var worker = await Worker.StartAsync(app, admin);
        await using var page = await app.PersonSocketAsync(person.Api);
        await using var others = await app.PersonSocketAsync(other.Api);
        var task = await worker.StartAsync(person.Api, await person.Api.SubmitAsync(new { agent_id = worker.AgentId }));

        await worker.AskAsync(task, "shown");
        var question = await page.NextAsync(FrameType.TaskQuestion);
        (await person.Api.AnswerAsync(task.Id, new { question_id = "shown", allow = false })).Is(200, 0);
        var answer = await page.NextAsync(FrameType.TaskAnswer);
        await page.NextAsync(FrameType.TaskState, state => state.GetProperty("status").GetString() == "running");

        Assert.Equal((task.Id, "May I shown?", "deny"), (question.GetProperty("task_id").GetString(), question.GetProperty("title").GetString(), question.GetProperty("default").GetString()));
        Assert.Equal((person.Id, false), (answer.GetProperty("by").GetString(), answer.GetProperty("allow").GetBoolean()));
        await others.AnswersAsync();
        Assert.DoesNotContain(others.Waiting(), frame => frame.Type.StartsWith("task/", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(Api api, string status) =>
        [.. (await api.GetAsync($"/api/v1/tasks?status={status}")).Data.GetProperty("items").EnumerateArray().Select(task => task.GetProperty("task_id").GetString()!)];
}
