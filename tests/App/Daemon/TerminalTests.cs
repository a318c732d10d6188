using System.Text.Json;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>Work from a terminal, by the real program.</summary>
[Collection(WholeApp.Name)]
public sealed class TerminalTests(AgentsApp app)
{
    [Fact(DisplayName = "What is run is followed to its end: a pipe gets the result alone, the log all that was said, and the exit code says how it went")]
    public async Task Followed()
    {
        var (ccc, admin) = await SignedInAsync();
        await using var _ = ccc;
        await using var worker = await Worker.StartAsync(app, admin);
        var run = ccc.Start("run", "write a line", "--agent", worker.AgentId, "--follow");
        var task = await worker.NextAsync();
        await worker.AcceptAsync(task);
        await worker.SayAsync(task, 1, "text", "on \u001b[2J my way");
        await worker.ResultAsync(task, new { text = "a line" });
        Assert.Equal("a line\n", (await run.EndedAsync(TimeSpan.FromSeconds(30))).Is(0).Output);

        Assert.Equal("write a line", task.Order.GetProperty("prompt").GetString());
        var logged = (await ccc.RunAsync("logs", task.Id, "-f")).Is(0).Output;
        Assert.Contains("[running", logged, StringComparison.Ordinal);
        Assert.Contains("on [2J my way\n[done", logged, StringComparison.Ordinal);
        Assert.All(
            (await ccc.RunAsync("logs", task.Id, "--json")).Is(0).Output.Trim().Split('\n'),
            line => Assert.Equal(JsonValueKind.String, JsonElement.Parse(line).GetProperty("kind").ValueKind));

        var failing = ccc.Start("run", "fail", "--agent", worker.AgentId, "-f", "--json");
        var second = await worker.NextAsync();
        await worker.AcceptAsync(second);
        await worker.ErrorAsync(second, "no paper");
        Assert.Equal("no paper", (await failing.EndedAsync(TimeSpan.FromSeconds(30))).Is(1).Json.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact(DisplayName = "What a task asks is shown and answered, what is sent reaches its agent, and what is canceled ends")]
    public async Task Steered()
    {
        var (ccc, admin) = await SignedInAsync();
        await using var _ = ccc;
        await using var worker = await Worker.StartAsync(app, admin);
        var id = (await ccc.RunAsync("run", "build it", "--agent", worker.AgentId, "--json")).Is(0).Json.GetProperty("task_id").GetString()!;
        var task = await worker.StartAsync(admin, id);
        await worker.AskAsync(task, "build");
        await admin.IsAsync(id, "waiting");

        Assert.Equal(id, (await ccc.RunAsync("tasks", "--status", "waiting", "--agent", worker.AgentId, "-q")).Is(0).Output.Trim());
        Assert.Contains("build: May I build?\n  rm -r build\n  allow | deny; in ", (await ccc.RunAsync("answer", id)).Is(0).Output, StringComparison.Ordinal);
        (await ccc.RunAsync("answer", id, "--deny", "not on a Friday")).Is(0);
        Assert.Contains("asks nothing", (await ccc.RunAsync("answer", id, "--allow")).Is(1).Error, StringComparison.Ordinal);
        var answer = await worker.AnsweredAsync("build");
        (await ccc.RunAsync("send", worker.AgentId, "on Monday then")).Is(0);
        var said = await worker.Socket.NextAsync("task/message");
        (await ccc.RunAsync("cancel", id, "--reason", "a holiday")).Is(0);
        await worker.CancelAsync(task);

        Assert.Equal((false, "not on a Friday"), (answer.GetProperty("allow").GetBoolean(), answer.GetProperty("text").GetString()));
        Assert.Equal("on Monday then", said.GetProperty("text").GetString());
        Assert.Contains("[canceled", (await ccc.RunAsync("logs", id)).Is(0).Output, StringComparison.Ordinal);
        Assert.Contains("It has ended already", (await ccc.RunAsync("cancel", id)).Is(1).Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "What is wrong is one sentence and its number, and help shows how it is done")]
    public async Task Wrong()
    {
        var (ccc, admin) = await SignedInAsync();
        await using var _ = ccc;
        var idle = await Fleet.AgentAsync(admin, new { name = "idle" });

        Assert.Contains("no task nothing", (await ccc.RunAsync("logs", "nothing")).Is(1).Error, StringComparison.Ordinal);
        Assert.Contains("no agent nobody-knows-it", (await ccc.RunAsync("run", "x", "--agent", "nobody-knows-it")).Is(1).Error, StringComparison.Ordinal);
        Assert.Contains("works on nothing", (await ccc.RunAsync("send", idle, "hello")).Is(1).Error, StringComparison.Ordinal);
        Assert.Contains("--allow or --deny", (await ccc.RunAsync("answer", "x", "--allow", "--deny")).Is(2).Error, StringComparison.Ordinal);
        Assert.Contains("no priority", (await ccc.RunAsync("run", "x", "--priority", "soon")).Is(2).Error, StringComparison.Ordinal);
        foreach (var command in new[] { "posts", "hire", "run", "tasks", "logs", "answer", "cancel", "send" })
        {
            Assert.Contains($"ccc {command} ", (await ccc.RunAsync(command, "--help")).Is(0).Output.Split("Examples:")[1], StringComparison.Ordinal);
        }

        await using var nobody = new Ccc();
        Assert.Contains("run 'ccc login", (await nobody.RunAsync("tasks")).Is(3).Error, StringComparison.Ordinal);
    }

    private async Task<(Ccc Ccc, Api Admin)> SignedInAsync()
    {
        var ccc = new Ccc();
        (await ccc.SignInAsync(app)).Is(0);
        return (ccc, await app.AdminAsync());
    }
}
