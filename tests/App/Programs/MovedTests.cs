using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Programs;

/// <summary>Real programs whose tasks go on at another device, where the program has another home.</summary>
[Collection(WholeApp.Name)]
public sealed class MovedTests(AgentsApp app, DrivenPrograms programs) : IClassFixture<DrivenPrograms>
{
    [Fact(DisplayName = "A task of claude that is moved goes on in the same conversation at the other device, and there hears what it was told before")]
    public async Task Claude()
    {
        await using var model = await ModelStandIn.StartAsync();
        await using var from = await WorkingDevice.StartAsync(app);
        await using var to = await WorkingDevice.StartAsync(app);
        var (first, second) = (await ClaudeAsync(from, model), await ClaudeAsync(to, model));
        var begun = Path.Combine(Directory.CreateTempSubdirectory("ccc-moved-").FullName, "begun");
        var task = await from.SubmitAsync(first, $"TOOL:touch {begun}; sleep 300");
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(begun)), TimeSpan.FromSeconds(60), "claude runs its tool");
        (await from.Admin.PostAsync($"/api/v1/tasks/{task}/message", new { text = "and be quick" })).Is(200, 0);

        (await from.Admin.PostAsync($"/api/v1/tasks/{task}/migrate", new { agent_id = second })).Is(202, 0);

        var done = await from.Admin.IsAsync(task, "done", TimeSpan.FromSeconds(90));
        Assert.Contains("You were interrupted", done.GetProperty("result").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(model.Asked, asked => asked.Contains("You were interrupted", StringComparison.Ordinal) && asked.Contains($"touch {begun}", StringComparison.Ordinal)
            && asked.Contains("and be quick", StringComparison.Ordinal));
        Assert.DoesNotContain(model.Asked, asked => asked.Contains("can't be taken up again", StringComparison.Ordinal));
    }

    private async Task<string> ClaudeAsync(WorkingDevice device, ModelStandIn model) => (await device.AgentOfAsync(new
    {
        runner = "claude",
        tools = new Dictionary<string, string> { ["Bash"] = "allow" },
        environment = new Dictionary<string, string>
        {
            ["PATH"] = programs.SearchPath,
            ["HOME"] = Directory.CreateTempSubdirectory("ccc-driven-").FullName,
            ["ANTHROPIC_BASE_URL"] = model.Address,
            ["ANTHROPIC_API_KEY"] = "a key",
            ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
        },
    })).Agent;
}
