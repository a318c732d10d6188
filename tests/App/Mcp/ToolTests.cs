using System.Security.Cryptography;
using System.Text.Json;
using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Mcp;

/// <summary>What agents do for a task besides handing it on, by the tools of a real daemon.</summary>
[Collection(WholeApp.Name)]
public sealed class ToolTests(AgentsApp app)
{
    [Fact(DisplayName = "An agent reads and writes in its groups, signed by its device, and its inbox; what only another agent of the device may read it does not")]
    public async Task Groups()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync(ToolUser.Script);
        var (other, _) = await device.AgentAsync(ToolUser.Script);
        var (group, closed) = (await GroupAsync(device, agent), await GroupAsync(device, other));
        var name = (await device.Admin.GetAsync($"/api/v1/agents/{agent}")).Text("name");
        var asked = (await device.Admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = $"@{name} where are we?" })).Text("id");
        var prompt = ToolUser.NewPrompt();
        await device.SubmitAsync(agent, prompt);
        await using var user = await ToolUser.OfAsync(prompt);

        Assert.Equal([group], (await user.CallAsync("list_groups", new { joined = true })).GetProperty("items").EnumerateArray().Select(each => each.GetProperty("group_id").GetString()));
        Assert.Contains("where are we?", (await user.CallAsync("read_inbox")).GetProperty("items")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await user.CallAsync("acknowledge_inbox", new { ids = new[] { asked } })).GetProperty("acknowledged").GetInt32());
        Assert.Equal(0, (await user.CallAsync("read_inbox")).GetProperty("total").GetInt32());
        await user.CallAsync("post_to_group", new { group_id = group, text = $"half way, {user.Token}", reply_to = asked });
        Assert.Equal("half way, ***", (await user.CallAsync("read_group", new { group_id = group, thread = asked })).GetProperty("items")[1].GetProperty("text").GetString());

        var said = (await device.Admin.GetAsync($"/api/v1/groups/{group}/messages")).Data.GetProperty("items").EnumerateArray().Last();
        Assert.Equal((agent, JsonValueKind.Object), (said.GetProperty("from_id").GetString(), said.GetProperty("sig").ValueKind));
        Assert.Contains("no such group", await user.RefusedAsync("read_group", new { group_id = closed }), StringComparison.Ordinal);
        await user.RefusedAsync("post_to_group", new { group_id = closed, text = "x" });
        user.End("");
    }

    [Fact(DisplayName = "A person is asked and answers, progress is seen, and files are kept whole with the task; none from outside its folder")]
    public async Task People()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync(ToolUser.Script);
        var prompt = ToolUser.NewPrompt();
        var task = await device.SubmitAsync(agent, prompt);
        await using var user = await ToolUser.OfAsync(prompt);

        var asking = user.CallAsync("ask_person", new { question = "Which colour?", options = new[] { "red", "blue" } });
        await device.Admin.IsAsync(task, "waiting", WorkingDevice.Limit);
        var question = (await device.Admin.GetAsync($"/api/v1/tasks/{task}/questions")).Data.GetProperty("items")[0];
        Assert.Equal("Which colour?", question.GetProperty("title").GetString());
        (await device.Admin.AnswerAsync(task, new { question_id = question.GetProperty("question_id").GetString(), option = "blue" })).Is(200, 0);
        Assert.Equal("blue", (await asking).GetProperty("answer").GetString());

        await user.TellAsync("report_progress", new { text = "half way", percent = 50 });
        await Eventually.TrueAsync(
            async () => (await device.Admin.GetAsync($"/api/v1/tasks/{task}/events?limit=1000")).Data.GetRawText().Contains("\"half way\"", StringComparison.Ordinal), WorkingDevice.Limit, "its progress is seen");

        var content = new byte[200_000];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(Path.Combine(user.Folder, "picture.png"), content, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(user.Folder, "key"), Path.Combine(device.StateFolder, "key.pem"));
        var saved = await user.CallAsync("save_artifact", new { path = "picture.png" });
        Assert.Equal(("picture.png", Convert.ToHexStringLower(SHA256.HashData(content))), (saved.GetProperty("name").GetString(), saved.GetProperty("sha256").GetString()));
        await user.CallAsync("save_artifact", new { text = "what was found", name = "report.md" });
        Assert.Equal(2, (await device.Admin.GetAsync($"/api/v1/tasks/{task}/artifacts")).Data.GetProperty("total").GetInt32());
        Assert.Contains("does not lie in your working folder", await user.RefusedAsync("save_artifact", new { path = "../../device.json" }), StringComparison.Ordinal);
        Assert.Contains("does not lie in your working folder", await user.RefusedAsync("save_artifact", new { path = "key" }), StringComparison.Ordinal);
        user.End("");
    }

    [Fact(DisplayName = "With its run the token of a task is dead: open connections are cut, and who comes with it is told so and ends with an error")]
    public async Task Over()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync(ToolUser.Script);
        var prompt = ToolUser.NewPrompt();
        var task = await device.SubmitAsync(agent, prompt);
        await using var user = await ToolUser.OfAsync(prompt);

        user.End(user.Token);
        Assert.Equal("***", await device.DoneAsync(task));

        await user.Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(WorkingDevice.Limit, TestContext.Current.CancellationToken);
        foreach (var token in new[] { user.Token, new string('0', 64) })
        {
            using var again = ToolUser.Start(user.Socket, token);
            again.StandardInput.Close();
            Assert.Contains("the token of no run", await again.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await again.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(3, again.ExitCode);
        }

        var outside = await device.Ccc.RunAsync("mcp");
        Assert.Contains("is no task of a daemon", outside.Is(2).Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "A post can do without: its programs get no token; and what its tools deny is not there")]
    public async Task Without()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (without, _) = await device.AgentOfAsync(new { runner = "command", command = new[] { "/bin/sh", "-c", "env | grep -c CCC_MCP" }, mcp = false });
        var (some, _) = await device.AgentOfAsync(
            new { runner = "command", command = new[] { "/bin/sh", "-c", ToolUser.Script }, tools = new Dictionary<string, string> { ["mcp__agents__hand_over"] = "deny" } });
        var prompt = ToolUser.NewPrompt();

        Assert.StartsWith("The program ended with 1", (await device.FailedAsync(await device.SubmitAsync(without))).Message, StringComparison.Ordinal);
        await device.SubmitAsync(some, prompt);
        await using var user = await ToolUser.OfAsync(prompt);
        var names = (await user.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.Name).ToList();
        Assert.Contains("wait_for", names);
        Assert.DoesNotContain("hand_over", names);
        Assert.Contains("There is no tool hand_over", await user.RefusedAsync("hand_over", new { agent_id = some, prompt = "x" }), StringComparison.Ordinal);
        user.End("");
    }

    private static async Task<string> GroupAsync(WorkingDevice device, string agent)
    {
        var made = await device.Admin.PostAsync("/api/v1/groups", new { name = $"g-{Guid.NewGuid():N}"[..12], members = new[] { $"agent:{agent}" } });
        made.Is(201, 0);
        return made.Text("id");
    }
}
