using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>Tasks that work in a tree of their own of a repository.</summary>
[Collection(WholeApp.Name)]
public sealed class RepoWorkTests(AgentsApp app)
{
    [Fact(DisplayName = "Each task has a tree of its own of the post's repo; what it changes and what it commits is told with its result and kept on a branch")]
    public async Task Changes()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var repo = await OwnRepo.NewAsync();
        var agent = await AgentAsync(device, "cat file.txt; git -c user.name=a -c user.email=a@b commit -q --allow-empty -m mine; echo changed > file.txt; mkdir ü; printf 'a\\0b' > ü/new", repo);

        Assert.Equal("two\n", (await ResultAsync(device, await device.SubmitAsync(agent))).GetProperty("text").GetString());
        await repo.RunAsync("echo three > file.txt && git commit -q -am fourth");
        var result = await ResultAsync(device, await device.SubmitAsync(agent));

        Assert.Equal("three\n", result.GetProperty("text").GetString());
        var work = result.GetProperty("work");
        Assert.Equal(repo.Folder, work.GetProperty("repo").GetString());
        Assert.Equal(
            [("file.txt", 1, 1), ("ü/new", null, null)],
            work.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("path").GetString()!, Lines(file, "added"), Lines(file, "removed"))));
        Assert.Contains("-three\n+changed", work.GetProperty("diff").GetString(), StringComparison.Ordinal);
        var clone = Assert.Single(Directory.GetDirectories(Path.Combine(device.StateFolder, "repos")));
        Assert.Equal("changed\n", await OwnRepo.ShellAsync(clone, $"git show {work.GetProperty("branch").GetString()}:file.txt"));
        Assert.Contains("mine", await OwnRepo.ShellAsync(clone, $"git log --format=%s {work.GetProperty("branch").GetString()}"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(device.StateFolder, "work")));
    }

    [Fact(DisplayName = "A branch, a tag or a commit may be named; one that is not there is, and so is a repo that can't be fetched")]
    public async Task Refs()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var repo = await OwnRepo.NewAsync();
        var first = (await repo.RunAsync("git rev-parse v1")).Trim();

        foreach (var (reference, text) in new[] { ("other", "other\n"), ("v1", "one\n"), (first, "one\n") })
        {
            Assert.Equal(text, (await ResultAsync(device, await device.SubmitAsync(await AgentAsync(device, "cat file.txt", repo, reference)))).GetProperty("text").GetString());
        }

        var nowhere = await AgentAsync(device, "true", repo, "nowhere");
        Assert.Contains("no branch, tag or commit nowhere", (await device.FailedAsync(await device.SubmitAsync(nowhere))).Message, StringComparison.Ordinal);
        var missing = await device.AgentOfAsync(new { runner = "command", command = new[] { "/bin/true" }, working = new { repo = "/no/such/repo" } });
        Assert.Contains("/no/such/repo can't be fetched", (await device.FailedAsync(await device.SubmitAsync(missing.Agent))).Message, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "What a task has changed is kept when it fails, and when its daemon is killed")]
    public async Task Kept()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var repo = await OwnRepo.NewAsync();
        var failing = await AgentAsync(device, "echo half > file.txt; exit 1", repo);
        var (kind, message) = await device.FailedAsync(await device.SubmitAsync(failing));
        Assert.Equal(TaskErrorKind.Failed, kind);
        Assert.Contains("is kept on the branch ccc/", message, StringComparison.Ordinal);

        var go = Path.Combine(repo.Folder, "go");
        var killed = await device.SubmitAsync(await AgentAsync(device, $"[ -e {go} ] || {{ echo lost > file.txt; touch {go}; echo ready; sleep 60; }}", repo));
        await device.SaysAsync(killed, "ready");
        await device.KillAsync();
        await device.BeginAsync();

        await device.Admin.IsAsync(killed, "done", WorkingDevice.Limit);
        var clone = Assert.Single(Directory.GetDirectories(Path.Combine(device.StateFolder, "repos")));
        Assert.Equal("lost\n", await OwnRepo.ShellAsync(clone, $"git show ccc/{killed}-1:file.txt"));
    }

    private static async Task<string> AgentAsync(WorkingDevice device, string script, OwnRepo repo, string? reference = null) => (await device.AgentOfAsync(new
    {
        runner = "command",
        command = new[] { "/bin/sh", "-c", script },
        working = new { repo = repo.Folder, @ref = reference },
    })).Agent;

    private static async Task<JsonElement> ResultAsync(WorkingDevice device, string task) =>
        (await device.Admin.IsAsync(task, "done", WorkingDevice.Limit)).GetProperty("result");

    private static int? Lines(JsonElement file, string field) => file.GetProperty(field) is { ValueKind: JsonValueKind.Number } lines ? lines.GetInt32() : null;
}
