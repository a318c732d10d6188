using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Conversations of agents, as people find, read and continue them.</summary>
[Collection(WholeApp.Name)]
public sealed class SessionsTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact(DisplayName = "A conversation is read message by message while it goes on, and is called as its agent calls it in the end")]
    public async Task Streams()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, prompt = "\n  你好吗 👩‍👩‍👧\nund mehr" });
        var task = await worker.NextAsync(id);
        await worker.AcceptAsync(task);
        await worker.SayAsync(task, 1, "text", "我很");

        await Eventually.TrueAsync(async () => (await TextsAsync(admin, id)).EndsWith("text:我很", StringComparison.Ordinal), Limit, "the first word is there");
        await worker.SayAsync(task, 2, "text", "好");
        await worker.SayAsync(task, 3, "tool", new { name = "wave" });
        var name = Fleet.NewId("talk");
        await EndAsync(worker, task, name, "我很好");

        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/sessions/{name}")).Status is 200, Limit, "it has its name");
        Assert.Equal("prompt:\n  你好吗 👩‍👩‍👧\nund mehr|text:我很好|tool:|result:我很好", await TextsAsync(admin, name));
        Assert.Equal(name, (await admin.GetAsync($"/api/v1/sessions/{id}")).Text("id"));
        var listed = (await admin.GetAsync($"/api/v1/agents/{worker.AgentId}/sessions")).Data.GetProperty("items")[0];
        Assert.Equal((name, "你好吗 👩‍👩‍👧", 1, 30), (
            listed.GetProperty("id").GetString(), listed.GetProperty("title").GetString(), listed.GetProperty("tasks").GetInt32(),
            listed.GetProperty("usage").GetProperty("input_tokens").GetInt32()));
    }

    [Fact(DisplayName = "A later task goes on with a session: its agent gets its own last name for it, and usage adds up")]
    public async Task Continued()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var (first, second) = (Fleet.NewId("talk"), Fleet.NewId("talk"));
        await TalkAsync(admin, worker, new { agent_id = worker.AgentId, prompt = "one" }, first);

        var two = await TalkAsync(admin, worker, new { prompt = "two", session_id = first }, second);
        var three = await TalkAsync(admin, worker, new { prompt = "three", session_id = first }, second);

        Assert.Equal((first, second), (two.Order.GetProperty("session_id").GetString(), three.Order.GetProperty("session_id").GetString()));
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/sessions/{second}")).Data.GetProperty("usage").GetProperty("input_tokens").GetInt32() is 90, Limit, "all three are added up");
        Assert.Equal("prompt:one|result:ok|prompt:two|result:ok|prompt:three|result:ok", await TextsAsync(admin, first));
        var session = await admin.GetAsync($"/api/v1/sessions/{second}");
        Assert.Equal((first, 3, 0.03), (session.Text("id"), session.Data.GetProperty("tasks").GetInt32(), session.Data.GetProperty("usage").GetProperty("cost_usd").GetDouble()));
    }

    [Fact(DisplayName = "Nobody goes on with a session that is not there, not his own, or another agent's; two may have sessions of one name")]
    public async Task Foreign()
    {
        var admin = await app.AdminAsync();
        var (mine, other) = (await app.PersonAsync("user"), await app.PersonAsync("user"));
        await using var worker = await Worker.StartAsync(app, admin);
        var another = await Fleet.AgentAsync(admin, new { name = "another", visibility = "public" });
        var name = Fleet.NewId("talk");
        await TalkAsync(mine.Api, worker, new { agent_id = worker.AgentId, prompt = "mine" }, name);

        (await mine.Api.PostAsync("/api/v1/tasks", new { session_id = "what nobody said" })).Error("session_id");
        (await mine.Api.PostAsync("/api/v1/tasks", new { session_id = Fleet.NewId("talk") })).Error("session_id");
        (await other.Api.PostAsync("/api/v1/tasks", new { session_id = name })).Error("session_id");
        (await mine.Api.PostAsync("/api/v1/tasks", new { session_id = name, agent_id = another })).Error("session_id");
        foreach (var path in new[] { "", "/messages", "/export" })
        {
            (await other.Api.GetAsync($"/api/v1/sessions/{name}{path}")).Is(404, 2001);
        }

        Assert.Equal(0, (await other.Api.GetAsync("/api/v1/sessions")).Data.GetProperty("total").GetInt32());
        await TalkAsync(other.Api, worker, new { agent_id = worker.AgentId, prompt = "theirs" }, name);
        (await other.Api.PostAsync("/api/v1/tasks", new { session_id = name, prompt = "again" })).Is(202, 0);
        Assert.Equal("prompt:theirs|result:ok", await TextsAsync(other.Api, name));
        Assert.Equal("prompt:mine|result:ok", await TextsAsync(mine.Api, name));
    }

    [Fact(DisplayName = "Sessions are found by agent, task, text and time, and listed page by page, as are their messages")]
    public async Task Found()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        List<string> tasks = [];
        for (var n = 0; n < 5; n++)
        {
            tasks.Add((await TalkAsync(admin, worker, new { agent_id = worker.AgentId, prompt = $"100% number {n}" }, Fleet.NewId("talk"))).Id);
        }

        var path = $"/api/v1/sessions?agent_id={worker.AgentId}";
        await Eventually.TrueAsync(async () => (await admin.GetAsync(path)).Data.GetProperty("total").GetInt32() is 5, Limit, "all five");
        List<string> titles = [];
        var cursor = "";
        while (cursor is not null)
        {
            var page = (await admin.GetAsync($"{path}&page_size=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Data;
            titles.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!));
            cursor = page.GetProperty("cursor").GetString();
        }

        Assert.Equal([.. Enumerable.Range(0, 5).Reverse().Select(n => $"100% number {n}")], titles);
        Assert.Equal(1, (await admin.GetAsync($"{path}&q=0%25 NUMBER 3")).Data.GetProperty("total").GetInt32());
        Assert.Equal(0, (await admin.GetAsync($"{path}&q=1_0")).Data.GetProperty("total").GetInt32());
        Assert.Equal("100% number 2", (await admin.GetAsync($"/api/v1/sessions?task_id={tasks[2]}")).Data.GetProperty("items")[0].GetProperty("title").GetString());
        Assert.Equal(0, (await admin.GetAsync($"{path}&from=2100-01-01T00:00:00Z")).Data.GetProperty("total").GetInt32());
        (await admin.GetAsync($"{path}&cursor=none")).Error("cursor");
        var first = (await admin.GetAsync($"/api/v1/sessions/{tasks[0]}/messages?limit=1")).Data;
        var rest = (await admin.GetAsync($"/api/v1/sessions/{tasks[0]}/messages?after={first.GetProperty("next").GetString()}")).Data;
        Assert.Equal(("prompt", "result", JsonValueKind.Null), (
            first.GetProperty("items")[0].GetProperty("kind").GetString(), rest.GetProperty("items")[0].GetProperty("kind").GetString(), rest.GetProperty("next").ValueKind));
        (await admin.GetAsync($"/api/v1/sessions/{tasks[0]}/messages?after=none")).Error("after");
    }

    [Fact(DisplayName = "A text that stands in many titles is paged through without a gap or a repetition, each one's own only, and counted to 200")]
    public async Task Titles()
    {
        const string Begin =
            """
            WITH begun AS (
                INSERT INTO sessions (first_task, id, agent_id, post_id, owner, title, created_at, last_at, tasks, input_tokens, output_tokens, cost_usd)
                SELECT id, id, 'long gone', CASE n % 2 WHEN 0 THEN 'even' END, $1, CASE n % 3 WHEN 0 THEN 'about nothing' ELSE 'a Bandicoot, often' END, now(), now() - n / 2 * interval '1 s', 1, 0, 0, 0
                FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, 450) n) each RETURNING 1)
            SELECT count(*) FROM begun
            """;
        var (mine, other) = (await app.PersonAsync("user"), await app.PersonAsync("user"));
        foreach (var person in new[] { mine, other })
        {
            await Database.SingleAsync(app.App, "schedulerdb", Begin, person.Id);
        }

        List<(DateTimeOffset Last, string Id)> seen = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await mine.Api.GetAsync($"/api/v1/sessions?q=bandi&page_size=70{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Data;
            Assert.Equal((200, true), (page.GetProperty("total").GetInt32(), page.GetProperty("total_capped").GetBoolean()));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("last_at").GetDateTimeOffset(), item.GetProperty("id").GetString()!)));
            cursor = page.GetProperty("cursor").GetString();
        }

        Assert.Equal(300, seen.Count);
        Assert.Equal(seen.Distinct().OrderByDescending(each => each.Last).ThenByDescending(each => each.Id, StringComparer.Ordinal), seen);
        Assert.Equal((150, false), await CountAsync("q=often&post_id=even"));
        Assert.Equal((0, false), await CountAsync("q=oftener"));
        Assert.Equal((450, false), await CountAsync(""));

        async Task<(int, bool)> CountAsync(string query)
        {
            var list = (await mine.Api.GetAsync($"/api/v1/sessions?{query}")).Data;
            return (list.GetProperty("total").GetInt32(), list.TryGetProperty("total_capped", out _));
        }
    }

    [Fact(DisplayName = "A session is a file, for people and for programs")]
    public async Task Exported()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var name = Fleet.NewId("talk");
        var task = await TalkAsync(admin, worker, new { agent_id = worker.AgentId, prompt = "*bold* 问题" }, name);

        var markdown = await (await admin.RawAsync(HttpMethod.Get, $"/api/v1/sessions/{task.Id}/export")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var file = await admin.RawAsync(HttpMethod.Get, $"/api/v1/sessions/{task.Id}/export?format=json");
        var json = JsonDocument.Parse(await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.StartsWith("# \\*bold\\* 问题\n", markdown, StringComparison.Ordinal);
        Assert.Contains("\n*bold* 问题\n", markdown, StringComparison.Ordinal);
        Assert.Equal($"session-{name}.json", file.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal((name, 2), (json.GetProperty("session").GetProperty("id").GetString(), json.GetProperty("messages").GetArrayLength()));
        (await admin.GetAsync($"/api/v1/sessions/{task.Id}/export?format=pdf")).Error("format");
    }

    /// <summary>A task from its submit to its end.</summary>
    private static async Task<Given> TalkAsync(Api api, Worker worker, object task, string session)
    {
        var given = await worker.NextAsync(await api.SubmitAsync(task));
        await worker.AcceptAsync(given);
        await EndAsync(worker, given, session, "ok");
        return given;
    }

    private static async Task EndAsync(Worker worker, Given task, string session, string text)
    {
        await worker.Socket.SendAsync(FrameType.TaskResult, new
        {
            task_id = task.Id,
            attempt = task.Attempt,
            result = new { text },
            session_id = session,
            usage = new { input_tokens = 30, output_tokens = 2, cost_usd = 0.01, model = "m" },
        });
        Assert.True((await worker.AckAsync(task)).Accepted);
    }

    private static async Task<string> TextsAsync(Api api, string session)
    {
        var messages = await api.GetAsync($"/api/v1/sessions/{session}/messages");
        return messages.Status is 404 ? "" : string.Join('|', messages.Data.GetProperty("items").EnumerateArray()
            .Select(message => $"{message.GetProperty("kind").GetString()}:{message.GetProperty("text").GetString()}"));
    }
}
