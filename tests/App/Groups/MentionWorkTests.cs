using Agents.Contracts.Realtime;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Groups;

/// <summary>Who is mentioned may get to work: what becomes of it is told where it was asked for.</summary>
[Collection(WholeApp.Name)]
public sealed class MentionWorkTests(AgentsApp app)
{
    [Fact(DisplayName = "A mention of an agent whose post says so is a task for it, whose result is its answer in the thread, and the next one goes on with its conversation")]
    public async Task Work()
    {
        var admin = await app.AdminAsync();
        await using var worker = await StartAsync(admin);
        var group = await Chat.GroupAsync(admin, null, worker.AgentId);
        var (asked, _) = await Chat.SayAsync(admin, group, $"@{worker.AgentId} count the lines");

        var task = await worker.NextAsync();
        Assert.Equal($"@{worker.AgentId} count the lines", task.Order.GetProperty("prompt").GetString());
        Assert.Equal(group, task.Order.GetProperty("input").GetProperty("group").GetProperty("id").GetString());
        await worker.AcceptAsync(task);
        await EndAsync(worker, task, "42 lines", session: "talk-1");

        var answer = await admin.EntryAsync(group, entry => entry.Content() == "42 lines");
        Assert.Equal((asked, task.Id, worker.AgentId), (answer.GetProperty("reply_to").GetString(), answer.GetProperty("task_id").GetString(), answer.GetProperty("from_id").GetString()));
        var began = await admin.EntryAsync(group, entry => entry.Kind() == "progress");
        Assert.Equal(task.Id, began.GetProperty("task_id").GetString());
        Assert.Equal((await admin.GetAsync("/api/v1/auth/me")).Text("id"), (await admin.TaskAsync(task.Id)).GetProperty("created_by").GetString());

        await Chat.SayAsync(admin, group, $"@{worker.AgentId} and the words?", answer.GetProperty("id").GetString());
        var next = await worker.NextAsync();
        Assert.Equal("talk-1", next.Order.GetProperty("session_id").GetString());
        Assert.Contains(next.Order.GetProperty("input").GetProperty("before").EnumerateArray(), said => said.Content() == "42 lines");
    }

    [Fact(DisplayName = "What fails is told in the thread, and a mention of who is only to be told is no task")]
    public async Task Fails()
    {
        var admin = await app.AdminAsync();
        await using var worker = await StartAsync(admin);
        await using var told = await Worker.StartAsync(app, admin);
        var group = await Chat.GroupAsync(admin, null, worker.AgentId, told.AgentId);

        await Chat.SayAsync(admin, group, $"@{told.AgentId} and @{worker.AgentId}: try");
        var task = await worker.NextAsync();
        await worker.AcceptAsync(task);
        await worker.ErrorAsync(task, "there is no disk left", "failed", retryable: false);

        var notice = await admin.EntryAsync(group, entry => entry.Kind() == "notice");
        Assert.Contains("there is no disk left", notice.Content(), StringComparison.Ordinal);
        await told.NothingAsync();
    }

    [Fact(DisplayName = "Agents that hand each other work stop at the thread's budget, which says so in the group, until a person says something")]
    public async Task Budget()
    {
        var admin = await app.AdminAsync();
        await using var first = await StartAsync(admin);
        await using var second = await StartAsync(admin);
        var group = await Chat.GroupAsync(
            admin, new { name = "costly", visibility = "open", members = new[] { first.AgentId, second.AgentId }, limits = new { tokens = 1_000 } });
        var (asked, _) = await Chat.SayAsync(admin, group, $"@{first.AgentId} begin");

        await PassOnAsync(first, second, tokens: 600);
        await PassOnAsync(second, first, tokens: 600);

        var notice = await admin.EntryAsync(group, entry => entry.Kind() == "notice");
        Assert.Contains("1,000 tokens are used up", notice.Content(), StringComparison.Ordinal);
        await PassOnAsync(first, second, tokens: 1);
        await admin.EntryAsync(group, entry => entry.Kind() == "notice" && entry.Content().Contains("is done", StringComparison.Ordinal));
        await second.NothingAsync();

        await Chat.SayAsync(admin, group, $"@{second.AgentId} go on", asked);
        await second.NextAsync();
    }

    private async Task<Worker> StartAsync(Api admin)
    {
        var post = await admin.PostOfAsync(new { on_mention = "task" });
        return await Worker.ConnectAsync(app, await Fleet.AgentAsync(admin, new { name = Fleet.NewId("worker"), token = Worker.Token, concurrency = 4, post_id = post }));
    }

    private static async Task PassOnAsync(Worker from, Worker to, int tokens)
    {
        var task = await from.NextAsync();
        await from.AcceptAsync(task);
        await EndAsync(from, task, $"@{to.AgentId} it is yours", tokens: tokens);
    }

    private static async Task EndAsync(Worker worker, Given task, string text, string? session = null, int tokens = 0)
    {
        await worker.Socket.SendAsync(
            FrameType.TaskResult,
            new { task_id = task.Id, attempt = task.Attempt, result = new { text }, session_id = session, usage = new { input_tokens = tokens, output_tokens = 0 } });
        Assert.True((await worker.AckAsync(task)).Accepted);
    }
}
