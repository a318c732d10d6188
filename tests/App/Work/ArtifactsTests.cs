using System.Net;
using System.Security.Cryptography;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Files of a task: who may bring and fetch them, and what they are when they come back.</summary>
[Collection(WholeApp.Name)]
public sealed class ArtifactsTests(AgentsApp app)
{
    [Fact(DisplayName = "A file comes back as it was brought: its bytes, its name in any language, its type, a part of it where a part is asked for")]
    public async Task ThereAndBack()
    {
        var (admin, task) = await TaskAsync();
        var content = RandomNumberGenerator.GetBytes(700_001);

        var stored = await admin.PostAsync(
            $"{task}?name={Uri.EscapeDataString("Отчёт \"7\" 報告.pdf")}", ArtifactCalls.File(content, "application/pdf; version=2"), ("X-Content-SHA256", ArtifactCalls.Sum(content)));
        stored.Is(201, 0);
        var path = $"{task}/{stored.Text("id")}";
        using var whole = await admin.RawAsync(HttpMethod.Get, path);
        using var part = await admin.RawAsync(HttpMethod.Get, path, null, ("Range", "bytes=262100-524299"));
        using var same = await admin.RawAsync(HttpMethod.Get, path, null, ("If-None-Match", whole.Headers.ETag!.Tag));
        using var beyond = await admin.RawAsync(HttpMethod.Get, path, null, ("Range", "bytes=900000-"));

        Assert.Equal(content, await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"\"{ArtifactCalls.Sum(content)}\"", whole.Headers.ETag.Tag);
        Assert.Equal(("application/pdf; version=2", "attachment", "Отчёт \"7\" 報告.pdf"), ArtifactCalls.Named(whole));
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal((HttpStatusCode.PartialContent, "bytes 262100-524299/700001"), (part.StatusCode, part.Content.Headers.ContentRange!.ToString()));
        Assert.Equal(content[262100..524300], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.RequestedRangeNotSatisfiable), (same.StatusCode, beyond.StatusCode));
    }

    [Fact(DisplayName = "The newest stands first, of one name all stay, an empty file is one too, and who removes one removes its bytes")]
    public async Task ListAndRemove()
    {
        var (admin, task) = await TaskAsync();
        var ids = new List<string>();
        foreach (var content in new byte[][] { [1], [], [3, 3, 3] })
        {
            ids.Insert(0, (await admin.PostAsync($"{task}?name=a.txt", ArtifactCalls.File(content))).Text("id"));
        }

        var list = await admin.GetAsync(task);
        Assert.Equal(ids, list.Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.Equal([3, 0, 1], list.Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("size").GetInt32()));
        Assert.Equal("application/octet-stream", list.Data.GetProperty("items")[0].GetProperty("content_type").GetString());
        Assert.Empty(await (await admin.RawAsync(HttpMethod.Get, $"{task}/{ids[1]}")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        (await admin.DeleteAsync($"{task}/{ids[0]}")).Is(200, 0);
        (await admin.DeleteAsync($"{task}/{ids[0]}")).Is(404, 2001);
        (await admin.GetAsync($"{task}/{ids[0]}")).Is(404, 2001);
        Assert.Equal(2, (await admin.GetAsync(task)).Data.GetProperty("total").GetInt32());
        Assert.Equal([0L, 0L, 1L], await Database.SingleAsync(
            app.App, "schedulerdb",
            "SELECT (SELECT count(*) FROM artifact_chunks WHERE artifact_id = $1), (SELECT count(*) FROM artifacts WHERE id = $1), (SELECT count(*) FROM audit_outbox WHERE action = 'artifact.deleted' AND target = $1::text)",
            Guid.Parse(ids[0])));
    }

    [Fact(DisplayName = "A name that is none, a type that is none, a sum that is another's, a file that is too long: refused, and nothing stays")]
    public async Task Refused()
    {
        var (admin, task) = await TaskAsync();
        foreach (var name in new[] { "", ".", "..", "a/b", "a\\b", "a\nb", "a\0b", new string('x', 256) })
        {
            (await admin.PostAsync($"{task}?name={Uri.EscapeDataString(name)}", ArtifactCalls.File([1]))).Error("name");
        }

        (await admin.PostAsync($"{task}?name={new string('\u00e4', 255)}", ArtifactCalls.File([1]))).Is(201, 0);
        (await admin.PostAsync($"{task}?name=a", ArtifactCalls.File([1], "what"))).Error("Content-Type");
        (await admin.PostAsync($"{task}?name=a", ArtifactCalls.File([1]), ("X-Content-SHA256", "12"))).Error("X-Content-SHA256");
        (await admin.PostAsync($"{task}?name=a", ArtifactCalls.File([1]), ("X-Content-SHA256", ArtifactCalls.Sum([2])))).Error("X-Content-SHA256");
        (await admin.PostAsync($"{task}?name=a", new ArtifactCalls.Endless((100 << 20) + 1, says: true))).Is(413, 1001);
        Assert.Equal(1, (await admin.GetAsync(task)).Data.GetProperty("total").GetInt32());
        Assert.Equal([1L, 1L], await ArtifactCalls.LeftAsync(app, task));
    }

    [Fact(DisplayName = "Of an upload that breaks off nothing is left")]
    public async Task BrokenOff()
    {
        var (admin, task) = await TaskAsync();
        using var broken = new ArtifactCalls.Endless(10 << 20, breaksAt: 3 << 20);

        var upload = admin.RawAsync(HttpMethod.Post, $"{task}?name=a", broken);
        await Eventually.TrueAsync(async () => (long)(await ArtifactCalls.LeftAsync(app, task))[1] > 0, TimeSpan.FromSeconds(10), "some of it is there");
        Assert.Equal(0, (await admin.GetAsync(task)).Data.GetProperty("total").GetInt32());
        broken.Break();
        await Assert.ThrowsAnyAsync<Exception>(() => upload);

        await Eventually.TrueAsync(async () => await ArtifactCalls.LeftAsync(app, task) is [0L, 0L], TimeSpan.FromSeconds(10), "all of it is gone");
    }

    [Fact(DisplayName = "Who sees the task sees its files; of the others only the device or the agent that has or had it, each with its own token")]
    public async Task Who()
    {
        var admin = await app.AdminAsync();
        var (mine, other, viewer) = (await app.PersonAsync("user"), await app.PersonAsync("user"), await app.PersonAsync("viewer"));
        await using var worker = await Worker.StartAsync(app, admin);
        var stranger = await Fleet.EnrolAsync(app, admin);
        var id = await mine.Api.SubmitAsync(new { agent_id = worker.AgentId, prompt = "write a file" });
        var given = await worker.NextAsync(id);
        var task = $"/api/v1/tasks/{id}/artifacts";
        var agent = app.Anonymous().With("the agent's own token");

        var stored = await agent.PostAsync($"{task}?name=made.txt", ArtifactCalls.File("made"u8.ToArray()), ("X-Agent-ID", worker.AgentId));
        stored.Is(201, 0);
        Assert.Equal((given.Attempt, $"agent:{worker.AgentId}"), (stored.Data.GetProperty("attempt").GetInt32(), stored.Text("created_by")));
        Assert.Equal("made", await (await mine.Api.RawAsync(HttpMethod.Get, $"{task}/{stored.Text("id")}")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (await agent.GetAsync($"{task}?agent_id={worker.AgentId}")).Is(200, 0);
        (await agent.GetAsync(task)).Is(401, 1002);
        (await agent.With("another token").GetAsync($"{task}?agent_id={worker.AgentId}")).Is(401, 1002);
        (await agent.SendAsync(HttpMethod.Delete, $"{task}/{stored.Text("id")}", null, ("X-Agent-ID", worker.AgentId))).Is(403, 1003);
        foreach (var api in new[] { other.Api, viewer.Api, stranger.Api })
        {
            (await api.GetAsync(task)).Is(404, 2001);
            (await api.GetAsync($"{task}/{stored.Text("id")}")).Is(404, 2001);
            (await api.DeleteAsync($"{task}/{stored.Text("id")}")).Is(api == viewer.Api ? 403 : 404, api == viewer.Api ? 1003 : 2001);
        }

        (await mine.Api.DeleteAsync($"{task}/{stored.Text("id")}")).Is(200, 0);
    }

    [Fact(DisplayName = "A device brings files for what its agents have and had, also after it has ended, and for nothing else")]
    public async Task Device()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "there", device_id = machine.Id });
        var id = await admin.SubmitAsync(new { agent_id = agent });
        var (task, unrelated) = ($"/api/v1/tasks/{id}/artifacts", await admin.SubmitAsync(new { agent_id = await Fleet.AgentAsync(admin, new { name = "elsewhere" }) }));
        (await machine.Api.PostAsync($"{task}?name=early", ArtifactCalls.File([1]))).Is(404, 2001);

        await using (SteadyDevice.Start(app, machine))
        {
            await admin.IsAsync(id, "done");
        }

        var stored = await machine.Api.PostAsync($"{task}?name=late", ArtifactCalls.File([1]));
        Assert.Equal((201, $"device:{machine.Id}"), (stored.Status, stored.Text("created_by")));
        (await machine.Api.PostAsync($"/api/v1/tasks/{unrelated}/artifacts?name=a", ArtifactCalls.File([1]))).Is(404, 2001);
        (await machine.Api.DeleteAsync($"{task}/{stored.Text("id")}")).Is(403, 1003);
    }

    private async Task<(Api Admin, string Path)> TaskAsync()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "idle" });
        return (admin, $"/api/v1/tasks/{await admin.SubmitAsync(new { agent_id = agent })}/artifacts");
    }
}
