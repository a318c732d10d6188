using System.Net;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Prompts, inputs and results that no frame could hold.</summary>
[Collection(WholeApp.Name)]
public sealed class LongContentTests(AgentsApp app)
{
    [Fact(DisplayName = "A prompt and an input of megabytes reach the agent as references, and are all there; the task shows their beginning")]
    public async Task Submitted()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var (prompt, input) = (string.Concat(Enumerable.Repeat("Übung macht den Meister \ud83d\ude00\n", 120_000))[..3_000_000], new { text = new string('y', 4_000_000) });

        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, prompt, input });
        var given = await worker.NextAsync(id);
        var task = await admin.TaskAsync(id);

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (given.Order.GetProperty("prompt").ValueKind, given.Order.GetProperty("input").ValueKind));
        Assert.Equal(prompt, await FetchAsync(worker, given.Order.GetProperty("prompt_ref")));
        Assert.Equal(JsonSerializer.Serialize(input), await FetchAsync(worker, given.Order.GetProperty("input_ref")));
        Assert.StartsWith(task.GetProperty("prompt").GetString()!, prompt, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(task.GetProperty("prompt").GetString()!), 65_530, 65_536);
        Assert.Equal(given.Order.GetProperty("prompt_ref").GetRawText(), task.GetProperty("prompt_ref").GetRawText());
        Assert.Equal(["input.json", "prompt.txt"], (await NamesAsync(admin, id)).Order());
        (await admin.DeleteAsync(task.GetProperty("prompt_ref").GetProperty("url").GetString()!)).Is(409, 3001);
    }

    [Fact(DisplayName = "What fits goes in the frame; one that fits only without the other goes without it; a batch and a key for idempotency hold long ones too")]
    public async Task InFrame()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        object Task(int prompt, int input) => new { agent_id = worker.AgentId, prompt = new string('p', prompt), input = new string('i', input) };

        (await admin.PostAsync("/api/v1/tasks/batch", new { tasks = new[] { Task(100_000, 100_000), Task(120_000, 125_000), Task(200_000, 1) } })).Is(202, 0);
        (await admin.PostAsync("/api/v1/tasks", Task(1, 300_000), ("Idempotency-Key", Guid.NewGuid().ToString()))).Is(202, 0);

        var refs = new List<(bool, bool)>();
        for (var n = 0; n < 4; n++)
        {
            var given = await worker.NextAsync();
            refs.Add((given.Order.TryGetProperty("prompt_ref", out _), given.Order.TryGetProperty("input_ref", out _)));
        }

        Assert.Equal([(false, false), (false, true), (true, false), (false, true)], refs);
        (await admin.PostAsync("/api/v1/tasks", Task((4 << 20) + 1, 1))).Error("prompt");
        (await admin.PostAsync("/api/v1/tasks", Task(17 << 20, 1))).Is(413, 1001);
    }

    [Fact(DisplayName = "A result that an agent stored itself is the task's by its reference; the same again changes nothing")]
    public async Task StoredResult()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var given = await worker.NextAsync(id);
        await worker.AcceptAsync(given);
        var content = new byte[1_000_000];
        var stored = await Agent(worker).PostAsync($"/api/v1/tasks/{id}/artifacts?name=report.bin&agent_id={worker.AgentId}", ArtifactCalls.File(content));

        await ReferAsync(worker, given, stored.Text("id"));
        Assert.Equal((true, null), await worker.AckAsync(given));
        await ReferAsync(worker, given, stored.Text("id"));
        Assert.Equal((false, "already_stored"), await worker.AckAsync(given));

        var reference = (await admin.IsAsync(id, "done")).GetProperty("result_ref");
        Assert.Equal((stored.Text("id"), 1_000_000, ArtifactCalls.Sum(content)), (reference.GetProperty("artifact_id").GetString(), reference.GetProperty("size").GetInt32(), reference.GetProperty("sha256").GetString()));
        (await admin.DeleteAsync(reference.GetProperty("url").GetString()!)).Is(409, 3001);
    }

    [Fact(DisplayName = "A result that names no artifact of its task is answered with an error and is not stored; the task goes on until a good one comes")]
    public async Task UnknownResult()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var (id, other) = (await admin.SubmitAsync(new { agent_id = worker.AgentId }), await admin.SubmitAsync(new { agent_id = worker.AgentId, not_before = DateTimeOffset.MaxValue.AddDays(-2) }));
        var given = await worker.NextAsync(id);
        await worker.AcceptAsync(given);
        var others = await admin.PostAsync($"/api/v1/tasks/{other}/artifacts?name=a", ArtifactCalls.File([1]));

        foreach (var wrong in new[] { Guid.NewGuid().ToString(), others.Text("id"), "what" })
        {
            await ReferAsync(worker, given, wrong);
            var error = await worker.Socket.NextAsync(FrameType.Error);
            Assert.Equal(1001, error.GetProperty("code").GetInt32());
            Assert.NotNull(error.GetProperty("ref").GetString());
        }

        await admin.IsAsync(id, "running");
        await worker.ResultAsync(given, "short");
        Assert.True((await worker.AckAsync(given)).Accepted);
        await ReferAsync(worker, given, Guid.NewGuid().ToString());
        Assert.Equal((false, "already_stored"), await worker.AckAsync(given));
    }

    [Fact(DisplayName = "A result that fits in a frame and not in a row is an artifact afterwards")]
    public async Task LongResult()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var result = new { text = new string('r', 200_000) };

        await worker.DoAsync(id, result);

        var task = await admin.TaskAsync(id);
        Assert.Equal(65_536, task.GetProperty("result").GetString()!.Length);
        Assert.Equal(JsonSerializer.Serialize(result), await FetchAsync(worker, task.GetProperty("result_ref")));
        Assert.Equal(["result.json"], await NamesAsync(admin, id));
    }

    private static Task ReferAsync(Worker worker, Given given, string artifact) =>
        worker.Socket.SendAsync(FrameType.TaskResult, new { task_id = given.Id, attempt = given.Attempt, result_ref = artifact });

    private static async Task<IEnumerable<string?>> NamesAsync(Api api, string id) =>
        [.. (await api.GetAsync($"/api/v1/tasks/{id}/artifacts")).Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString())];

    private Api Agent(Worker worker) => app.Anonymous().With(Worker.Token);

    private async Task<string> FetchAsync(Worker worker, JsonElement reference)
    {
        using var answer = await Agent(worker).RawAsync(HttpMethod.Get, reference.GetProperty("url").GetString()!, null, ("X-Agent-ID", worker.AgentId));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var content = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal((reference.GetProperty("size").GetInt32(), reference.GetProperty("sha256").GetString()), (content.Length, ArtifactCalls.Sum(content)));
        return System.Text.Encoding.UTF8.GetString(content);
    }
}
