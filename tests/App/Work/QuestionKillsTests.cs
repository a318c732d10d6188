using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Questions and answers while parts are killed.</summary>
public sealed class QuestionKillsTests(AgentsApp app) : IClassFixture<AgentsApp>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact(DisplayName = "A Realtime or a Scheduler that is killed between question and answer loses neither")]
    public async Task Killed()
    {
        var admin = await app.AdminAsync();
        var worker = await Worker.StartAsync(app, admin);
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.AskAsync(task, "first");
        await worker.AskAsync(task, "second");
        await Eventually.TrueAsync(async () => (await admin.WaitingAsync(task.Id)).Count == 2, Limit, "both are asked");

        Parts.Kill("Realtime");
        (await admin.AnswerAsync(task.Id, new { question_id = "first", allow = true })).Is(200, 0);
        await worker.DisposeAsync();
        await Parts.BackAsync(app, "realtime");
        await using var back = await Worker.ConnectAsync(app, worker.AgentId);
        Assert.True((await back.AnsweredAsync("first", Limit)).GetProperty("allow").GetBoolean());
        await back.RunningAsync(task);

        Parts.Kill("Scheduler");
        await Parts.BackAsync(app, "scheduler");
        Answer answered = null!;
        await Eventually.TrueAsync(
            async () => (answered = await admin.AnswerAsync(task.Id, new { question_id = "second", allow = false })).Code is not 5003, Limit, "a Scheduler takes answers");
        answered.Is(200, 0);
        Assert.False((await back.AnsweredAsync("second", Limit)).GetProperty("allow").GetBoolean());
        await back.RunningAsync(task);
        await admin.IsAsync(task.Id, "running");
        await back.ResultAsync(task, new { });
        Assert.True((await back.AckAsync(task)).Accepted);
        Assert.Equal("queued assigned running waiting running done", await admin.StatesAsync(task.Id));
    }
}
