using System.Security.Cryptography;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Work;

/// <summary>Files in a store outside, and their end.</summary>
public sealed class ArtifactStoreTests(ArtifactStoreApp app) : IClassFixture<ArtifactStoreApp>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "Where a bucket is configured, files lie there and are read from there, whole and in part; what is removed is removed there")]
    public async Task Outside()
    {
        var (admin, task) = await TaskAsync();
        var content = RandomNumberGenerator.GetBytes((17 << 20) + 3);

        var stored = await admin.PostAsync($"{task}?name=big.bin", ArtifactCalls.File(content), ("X-Content-SHA256", ArtifactCalls.Sum(content)));
        stored.Is(201, 0);
        using var part = await admin.RawAsync(HttpMethod.Get, $"{task}/{stored.Text("id")}", null, ("Range", "bytes=17000000-"));

        Assert.Equal(content, app.Store.Blobs[Blob(stored.Text("id"))]);
        Assert.Equal(content[17_000_000..], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal([1L, 0L], await ArtifactCalls.LeftAsync(app, task));
        (await admin.PostAsync($"{task}?name=more", ArtifactCalls.File(new byte[14 << 20]))).Error("body");
        (await admin.PostAsync($"{task}?name=more", new ArtifactCalls.Endless((20 << 20) + 1))).Is(413, 1001);
        (await admin.DeleteAsync($"{task}/{stored.Text("id")}")).Is(200, 0);
        Assert.DoesNotContain(Blob(stored.Text("id")), app.Store.Blobs.Keys);
        Assert.Empty(app.Store.Refused);
    }

    [Fact(DisplayName = "Of an upload that breaks off, parts at the store included, nothing is left")]
    public async Task BrokenOff()
    {
        var (admin, task) = await TaskAsync();
        using var broken = new ArtifactCalls.Endless(20 << 20, breaksAt: 17 << 20);

        var upload = admin.RawAsync(HttpMethod.Post, $"{task}?name=a", broken);
        await Eventually.TrueAsync(() => Task.FromResult(!app.Store.Pieces.IsEmpty), Limit, "some parts are there");
        broken.Break();
        await Assert.ThrowsAnyAsync<Exception>(() => upload);

        await Eventually.TrueAsync(async () => app.Store.Pieces.IsEmpty && await ArtifactCalls.LeftAsync(app, task) is [0L, 0L], Limit, "all of it is gone");
    }

    [Fact(DisplayName = "Artifacts go with their task, those in the database as those outside, and uploads that were given up go after a day")]
    public async Task Retention()
    {
        var (admin, kept) = await TaskAsync();
        var (_, task) = await TaskAsync(new string('p', 300_000));
        var ids = new[] { kept, task }.ToDictionary(path => path, async path => (await admin.PostAsync($"{path}?name=a", ArtifactCalls.File([1]))).Text("id"));
        await Task.WhenAll(ids.Values);
        await ExecuteAsync("INSERT INTO artifacts SELECT gen_random_uuid(), task_id, 0, 0, name, content_type, 0, NULL, NULL, created_by, now() - interval '25 hours', store FROM artifacts WHERE id = $1", await ids[kept]);
        Assert.Equal(2L, (await ArtifactCalls.LeftAsync(app, task))[0]);

        await ExecuteAsync("DELETE FROM live WHERE id = $1", task.Split('/')[4]);

        await Eventually.TrueAsync(async () => await ArtifactCalls.LeftAsync(app, task) is [0L, 0L], Limit, "the task's are gone");
        await Eventually.TrueAsync(async () => await ArtifactCalls.LeftAsync(app, kept) is [1L, 0L], Limit, "what was given up is gone");
        Assert.Contains(Blob(await ids[kept]), app.Store.Blobs.Keys);
        Assert.DoesNotContain(Blob(await ids[task]), app.Store.Blobs.Keys);
        Assert.Equal([0L], await Database.SingleAsync(app.App, "schedulerdb", "SELECT count(*) FROM artifact_chunks c WHERE NOT EXISTS (SELECT FROM artifacts a WHERE a.id = c.artifact_id)"));
    }

    private static string Blob(string id) => $"/{Units.Scheduler.ArtifactS3StandIn.Bucket}/artifacts/{id}";

    private async Task ExecuteAsync(string sql, string id)
    {
        await using var postgres = NpgsqlDataSource.Create((await app.App.GetConnectionStringAsync("schedulerdb", TestContext.Current.CancellationToken))!);
        await using var command = postgres.CreateCommand(sql);
        command.Parameters.AddWithValue(Guid.Parse(id));
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private async Task<(Api Admin, string Path)> TaskAsync(string? prompt = null)
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "idle" });
        return (admin, $"/api/v1/tasks/{await admin.SubmitAsync(new { agent_id = agent, prompt })}/artifacts");
    }
}
