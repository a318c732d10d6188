using System.Text;
using System.Text.Json;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>Files that a task names, from the folder that it works in to whoever wants them.</summary>
[Collection(WholeApp.Name)]
public sealed class TaskFilesTests(AgentsApp app)
{
    [Fact(DisplayName = "Files that the post and the task name are there when the result is, and it tells of them; so are those of a task that failed")]
    public async Task Named()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var agent = await AgentAsync(device, "mkdir -p out/a; echo one > out/a/1.txt; echo two > out/2.txt; echo no > out/3.log; echo it > report.md; ln -s /etc/passwd out/4.txt; read how; [ $how != fail ]");

        var task = await device.Admin.SubmitAsync(new { agent_id = agent, prompt = "well", artifacts = new[] { "report.md", "missing.pdf" } });
        var result = (await device.Admin.IsAsync(task, "done", WorkingDevice.Limit)).GetProperty("result");
        Assert.Equal(["out/2.txt", "out/a/1.txt", "report.md"], result.GetProperty("artifacts").EnumerateArray().Select(file => file.GetProperty("name").GetString()!));
        Assert.Equal(["missing.pdf", "out/4.txt"], result.GetProperty("artifacts_left").EnumerateArray().Select(file => file.GetProperty("name").GetString()!).Order());
        var first = result.GetProperty("artifacts")[1];
        Assert.Equal(("one\n", ArtifactCalls.Sum("one\n"u8.ToArray())), (await ContentAsync(device, task, first.GetProperty("artifact_id").GetString()!), first.GetProperty("sha256").GetString()));
        Assert.Equal(["report.md", "missing.pdf"], (await device.Admin.TaskAsync(task)).GetProperty("artifacts").EnumerateArray().Select(pattern => pattern.GetString()!));

        var failed = await device.SubmitAsync(agent, "fail");
        Assert.Contains("Its files are kept: out/2.txt, out/a/1.txt.", (await device.FailedAsync(failed)).Message, StringComparison.Ordinal);
        Assert.Equal(2, (await device.Admin.GetAsync($"/api/v1/tasks/{failed}/artifacts")).Data.GetProperty("total").GetInt32());
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetDirectories(Path.Combine(device.StateFolder, "outgoing")).Length == 0), WorkingDevice.Limit, "nothing waits to be stored");
    }

    [Fact(DisplayName = "What can't be a pattern is refused at the submit and in the post, and named")]
    public async Task Refused()
    {
        var admin = await app.AdminAsync();

        Assert.Contains("can't begin with /", (await admin.PostAsync("/api/v1/tasks", new { artifacts = new[] { "a", "/etc/passwd" } })).Error("artifacts[1]"), StringComparison.Ordinal);
        Assert.Contains("..", (await admin.PostAsync("/api/v1/tasks", new { artifacts = new[] { "../a" } })).Error("artifacts[0]"), StringComparison.Ordinal);
        Assert.Contains("at most 50", (await admin.PostAsync("/api/v1/tasks", new { artifacts = Enumerable.Repeat("a", 51) })).Error("artifacts"), StringComparison.Ordinal);
        var post = new { name = "p", template = new { runner = "command", command = new[] { "/bin/true" }, working = new { artifacts = new[] { "a/../b" } } } };
        Assert.NotNull((await admin.PostAsync("/api/v1/posts", post)).Error("template.working.artifacts[0]"));
    }

    [Fact(DisplayName = "While the server is away files wait on disk; a daemon that was killed then has the next one store them, each once, before the result is told")]
    public async Task Waiting()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var go = Path.Combine(Directory.CreateTempSubdirectory("ccc-go-").FullName, "go");
        var agent = await AgentAsync(device, $"echo begun; while [ ! -e {go} ]; do sleep 0.05; done; mkdir out; echo kept > out/1.txt; head -c 300000 /dev/zero | tr '\\0' x");
        var task = await device.SubmitAsync(agent);
        await device.SaysAsync(task, "begun");

        var scheduler = Parts.Find("scheduler");
        TwoSchedulers.Signal(scheduler, "STOP");
        try
        {
            await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(device.StateFolder, "spool"), "*.ccc").Length == 1), WorkingDevice.Limit, "it is in the spool");
            await device.KillAsync();
            Assert.Single(Directory.GetFiles(Path.Combine(device.StateFolder, "outgoing", $"{task}.1")));
        }
        finally
        {
            TwoSchedulers.Signal(scheduler, "CONT");
        }

        await device.BeginAsync();
        var done = await device.Admin.IsAsync(task, "done", WorkingDevice.Limit);
        Assert.True(done.TryGetProperty("result_ref", out var reference) && reference.ValueKind is JsonValueKind.Object, "its result is long");
        var whole = JsonDocument.Parse(await ContentAsync(device, task, reference.GetProperty("artifact_id").GetString()!)).RootElement;
        Assert.Equal("out/1.txt", whole.GetProperty("artifacts")[0].GetProperty("name").GetString());
        var files = (await device.Admin.GetAsync($"/api/v1/tasks/{task}/artifacts")).Data.GetProperty("items").EnumerateArray();
        Assert.Single(files, file => file.GetProperty("name").GetString() == "out/1.txt");
    }

    [Fact(DisplayName = "The same file of the same attempt is taken once, and what an attempt brings that another has followed is refused")]
    public async Task Once()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, retry = new { backoff = 0 } });
        var first = await worker.StartAsync(admin, id);
        var agent = app.Anonymous().With("the agent's own token");
        Task<Answer> BringAsync(int attempt, string text) => agent.PostAsync(
            $"/api/v1/tasks/{id}/artifacts?name=out/a.txt&attempt={attempt}", ArtifactCalls.File(Encoding.UTF8.GetBytes(text)),
            ("X-Agent-ID", worker.AgentId), ("X-Content-SHA256", ArtifactCalls.Sum(Encoding.UTF8.GetBytes(text))));

        var stored = await BringAsync(1, "one");
        stored.Is(201, 0);
        var again = await BringAsync(1, "one");
        again.Is(200, 0);
        Assert.Equal(stored.Text("id"), again.Text("id"));
        (await BringAsync(2, "early")).Is(409, 3001);
        await worker.ErrorAsync(first, "it crashed", "crashed");
        await worker.StartAsync(admin, id);
        (await BringAsync(1, "late")).Is(409, 3001);
        (await BringAsync(2, "two")).Is(201, 0);
        Assert.Equal(2, (await admin.GetAsync($"/api/v1/tasks/{id}/artifacts")).Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "ccc artifacts lists a task's files and fetches one or all below the folder that it is told, whole or not at all")]
    public async Task Terminal()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var task = await device.SubmitAsync(await AgentAsync(device, "mkdir -p out/a; echo one > out/a/1.txt; echo two > out/2.txt"));
        await device.Admin.IsAsync(task, "done", WorkingDevice.Limit);
        (await device.Ccc.SignInAsync(app)).Is(0);
        var folder = Directory.CreateTempSubdirectory("ccc-got-").FullName;

        Assert.Equal(["out/2.txt", "out/a/1.txt"], (await device.Ccc.RunAsync("artifacts", task, "--json")).Is(0).Json.EnumerateArray().Select(file => file.GetProperty("name").GetString()!));
        Assert.Contains("out/a/1.txt", (await device.Ccc.RunAsync("artifacts", task)).Is(0).Output, StringComparison.Ordinal);
        var fetched = (await device.Ccc.RunAsync("artifacts", task, "--all", "-o", folder, "--json")).Is(0).Json;
        Assert.Equal(("one\n", 2), (await File.ReadAllTextAsync(Path.Combine(folder, "out/a/1.txt"), TestContext.Current.CancellationToken), fetched.GetArrayLength()));
        Assert.Contains("no file nothing", (await device.Ccc.RunAsync("artifacts", task, "--get", "nothing")).Is(1).Error, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(folder, "out"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(folder, "out"), Path.GetTempPath());
        Assert.Contains("is a link", (await device.Ccc.RunAsync("artifacts", task, "--get", "out/2.txt", "-o", folder)).Is(1).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "2.txt")));
    }

    private static async Task<string> AgentAsync(WorkingDevice device, string script) => (await device.AgentOfAsync(new
    {
        runner = "command",
        command = new[] { "/bin/sh", "-c", script },
        working = new { artifacts = new[] { "out/**/*.txt" } },
    })).Agent;

    private static async Task<string> ContentAsync(WorkingDevice device, string task, string artifact) =>
        await (await device.Admin.RawAsync(HttpMethod.Get, $"/api/v1/tasks/{task}/artifacts/{artifact}")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
