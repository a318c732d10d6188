using System.Text.Json;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>Tasks that go on at another device with all that there was of them.</summary>
[Collection(WholeApp.Name)]
public sealed class MoveTests(AgentsApp app)
{
    /// <summary>Leaves a commit, something added for the next one, a change and a new file, and waits; the second time it says what it sees.</summary>
    private const string Worker =
        """
        if [ -e new.txt ]; then git log --format=%s -n 2; git status --short; git diff --cached; git diff; cat file.txt; exit; fi
        git config user.name w; git config user.email w@localhost
        echo committed > own.txt; git add own.txt; git commit -qm mine; echo added > added.txt; git add added.txt; echo changed > file.txt; echo new > new.txt; chmod +x new.txt
        echo ready; while :; do sleep 0.05; done
        """;

    private const string Seen = "mine\nsecond\nA  added.txt\n M file.txt\n?? new.txt\n";

    [Fact(DisplayName = "A task in a repository that is migrated goes on with its commit, what was added, what was changed and the new file; its result has all of it")]
    public async Task Migrated()
    {
        await using var from = await WorkingDevice.StartAsync(app);
        await using var to = await WorkingDevice.StartAsync(app);
        var post = await RepoPostAsync(from, await OwnRepo.NewAsync());
        var (first, second) = (await from.AgentOnAsync(post), await to.AgentOnAsync(post));
        var task = await from.SubmitAsync(first);
        await from.SaysAsync(task, "ready");

        (await from.Admin.PostAsync($"/api/v1/tasks/{task}/migrate", new { agent_id = second })).Is(202, 0);

        var result = (await from.Admin.IsAsync(task, "done", WorkingDevice.Limit)).GetProperty("result");
        Assert.StartsWith(Seen, result.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["added.txt", "file.txt", "new.txt", "own.txt"], result.GetProperty("work").GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()!).Order());
        Assert.Contains("new file mode 100755", result.GetProperty("work").GetProperty("diff").GetString(), StringComparison.Ordinal);
        Assert.Contains("with 1 commits and 3 changed files", await MovedAsync(from, task), StringComparison.Ordinal);
        Assert.Equal("queued assigned running running queued assigned running done", await from.Admin.StatesAsync(task));
        Assert.Equal(0, (await from.Admin.GetAsync($"/api/v1/tasks/{task}/artifacts")).Data.GetProperty("total").GetInt32());
        await Eventually.TrueAsync(() => Task.FromResult(!Directory.Exists(Path.Combine(to.StateFolder, "incoming", $"{task}.2"))), WorkingDevice.Limit, "what was unpacked is gone");
    }

    [Fact(DisplayName = "A task whose device is drained goes on at another of its post with the same")]
    public async Task Drained()
    {
        await using var from = await WorkingDevice.StartAsync(app);
        await using var to = await WorkingDevice.StartAsync(app);
        var post = await RepoPostAsync(from, await OwnRepo.NewAsync());
        var first = await from.AgentOnAsync(post);
        var task = await from.SubmitAsync(first);
        await from.SaysAsync(task, "ready");
        await to.AgentOnAsync(post);

        (await from.Admin.PostAsync($"/api/v1/devices/{from.Id}/drain")).Is(200, 0);

        var result = (await from.Admin.IsAsync(task, "done", TimeSpan.FromMinutes(6))).GetProperty("result");
        Assert.StartsWith(Seen, result.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "The files of a folder of its own go along; what is too much, or no file, stays and is said")]
    public async Task OwnFolder()
    {
        await using var from = await WorkingDevice.StartAsync(app);
        await using var to = await WorkingDevice.StartAsync(app);
        const string Script = "if [ -e a/b ]; then find . -type f | sort | xargs ls -s --block-size=1M; cat a/b; exit; fi; mkdir a; echo kept > a/b; ln -s /etc/passwd link; head -c 100000000 /dev/zero > large; echo ready; while :; do sleep 0.05; done";
        var (first, second) = (await from.AgentAsync(Script), await to.AgentAsync(Script));
        var task = await from.SubmitAsync(first.Agent);
        await from.SaysAsync(task, "ready");

        (await from.Admin.PostAsync($"/api/v1/tasks/{task}/migrate", new { agent_id = second.Agent })).Is(202, 0);

        Assert.Equal("1 ./a/b\nkept\n", await from.DoneAsync(task));
        var why = await WhyAsync(from, task);
        Assert.Contains("large (With it more would go along than may)", why, StringComparison.Ordinal);
        Assert.Contains("link (It is a link)", why, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "kill -9 of the daemon in the middle of a move: the task goes on elsewhere all the same, and its events say that it does so with nothing")]
    public async Task Killed()
    {
        await using var from = await WorkingDevice.StartAsync(app);
        await using var to = await WorkingDevice.StartAsync(app);
        const string Script = "[ -e here ] && echo brought; trap '' TERM; touch here; read which; echo ready; [ \"$CCC_SECOND\" ] && exit; while :; do sleep 0.05; done";
        var first = await from.AgentAsync(Script);
        var second = await to.AgentAsync(Script, environment: new Dictionary<string, string> { ["CCC_SECOND"] = "1" });
        var task = await from.SubmitAsync(first.Agent);
        await from.SaysAsync(task, "ready");

        (await from.Admin.PostAsync($"/api/v1/tasks/{task}/migrate", new { agent_id = second.Agent, grace_seconds = 600 })).Is(202, 0);
        await from.KillAsync();

        Assert.Equal("ready\n", (await from.Admin.IsAsync(task, "done", TimeSpan.FromSeconds(60))).GetProperty("result").GetProperty("text").GetString());
        Assert.Contains("It goes on elsewhere, with nothing of what was done here.", await WhyAsync(from, task), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "What goes along waits on disk while the server is away, and a daemon that was killed then has the next one bring it")]
    public async Task Waiting()
    {
        await using var from = await WorkingDevice.StartAsync(app);
        await using var to = await WorkingDevice.StartAsync(app);
        var go = Path.Combine(Directory.CreateTempSubdirectory("ccc-go-").FullName, "go");
        var script = $"if [ -e here ]; then cat here; exit; fi; echo brought > here; echo ready; trap 'echo ends; while [ ! -e {go} ]; do sleep 0.05; done; exit 0' TERM; while :; do sleep 0.05; done";
        var (first, second) = (await from.AgentAsync(script), await to.AgentAsync(script));
        var task = await from.SubmitAsync(first.Agent);
        await from.SaysAsync(task, "ready");

        var scheduler = Parts.Find("scheduler");
        (await from.Admin.PostAsync($"/api/v1/tasks/{task}/migrate", new { agent_id = second.Agent })).Is(202, 0);
        await from.SaysAsync(task, "ends");
        TwoSchedulers.Signal(scheduler, "STOP");
        try
        {
            await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(from.StateFolder, "spool"), "*.ccc").Length == 1), WorkingDevice.Limit, "its end is in the spool");
            await from.KillAsync();
            Assert.True(File.Exists(Path.Combine(from.StateFolder, "outgoing", $"{task}.1", "moved.tar.gz")));
        }
        finally
        {
            TwoSchedulers.Signal(scheduler, "CONT");
        }

        await from.BeginAsync();

        Assert.Equal("brought\n", await from.DoneAsync(task));
    }

    [Fact(DisplayName = "What was brought and is broken is done without: the task begins anew, and says so")]
    public async Task Broken()
    {
        await using var from = await WorkingDevice.StartAsync(app);
        await using var to = await WorkingDevice.StartAsync(app);
        const string Script = "if [ -e here ]; then cat here; exit; fi; echo begun; [ \"$CCC_SECOND\" ] && exit; echo brought > here; echo ready; while :; do sleep 0.05; done";
        var first = await from.AgentAsync(Script);
        var second = await to.AgentAsync(Script, environment: new Dictionary<string, string> { ["CCC_SECOND"] = "1" });
        var task = await from.SubmitAsync(first.Agent);
        await from.SaysAsync(task, "ready");
        await to.KillAsync();

        (await from.Admin.PostAsync($"/api/v1/tasks/{task}/migrate", new { agent_id = second.Agent })).Is(202, 0);
        await from.Admin.IsAsync(task, "queued", WorkingDevice.Limit);
        await Database.SingleAsync(
            app.App, "schedulerdb",
            "UPDATE artifact_chunks c SET data = set_byte(c.data, 20, 255 - get_byte(c.data, 20)) FROM artifacts a WHERE c.artifact_id = a.id AND a.kind = 4 AND a.task_id = $1 RETURNING 1",
            Guid.Parse(task));
        await to.BeginAsync();

        Assert.Equal("begun\n", await from.DoneAsync(task));
        Assert.Contains("so it begins anew", await MovedAsync(from, task), StringComparison.Ordinal);
    }

    private static Task<string> RepoPostAsync(WorkingDevice device, OwnRepo repo) => device.Admin.PostOfAsync(new
    {
        runner = "command",
        command = new[] { "/bin/sh", "-c", Worker },
        working = new { repo = repo.Folder },
    });

    /// <summary>What its device said of what was brought.</summary>
    private static async Task<string> MovedAsync(WorkingDevice device, string task) => string.Join('\n', from item in await ItemsAsync(device, task)
                                                                                                         where item.GetProperty("kind").GetString() == "status"
                                                                                                         select item.GetProperty("data").GetProperty("text").GetString());

    private static async Task<string> WhyAsync(WorkingDevice device, string task) => string.Join('\n', from item in await ItemsAsync(device, task)
                                                                                                       where item.GetProperty("data") is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("message", out _)
                                                                                                       select item.GetProperty("data").GetProperty("message").GetString());

    private static async Task<IEnumerable<JsonElement>> ItemsAsync(WorkingDevice device, string task) =>
        (await device.Admin.GetAsync($"/api/v1/tasks/{task}/events?limit=1000")).Data.GetProperty("items").EnumerateArray();
}
