using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Programs;

/// <summary>The whole application, a real daemon and a real program.</summary>
[Collection(WholeApp.Name)]
public sealed class WholeTests(AgentsApp app, DrivenPrograms programs) : IClassFixture<DrivenPrograms>
{
    [Fact(DisplayName = "A task of a post with claude is done: its result, what it used, what it did and its conversation are there, and the next task goes on with it")]
    public async Task Claude()
    {
        await using var model = await ModelStandIn.StartAsync();
        await using var device = await WorkingDevice.StartAsync(app);
        var home = Directory.CreateTempSubdirectory("ccc-driven-").FullName;
        var (agent, _) = await device.AgentOfAsync(new
        {
            runner = "claude",
            tools = new Dictionary<string, string> { ["Bash"] = "allow" },
            environment = new Dictionary<string, string>
            {
                ["PATH"] = programs.SearchPath, ["HOME"] = home, ["ANTHROPIC_BASE_URL"] = model.Address, ["ANTHROPIC_API_KEY"] = "a key",
                ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
            },
        });

        var task = await device.SubmitAsync(agent, $"TOOL:touch {home}/made");
        Assert.Equal("The tool has run.", await device.DoneAsync(task));
        Assert.True(File.Exists(Path.Combine(home, "made")));
        var done = await device.Admin.TaskAsync(task);
        Assert.Equal(250, done.GetProperty("usage").GetProperty("input_tokens").GetInt64());
        Assert.Contains("The tool has run.", await device.SaidAsync(task), StringComparison.Ordinal);

        var next = await device.Admin.SubmitAsync(new { agent_id = agent, prompt = "and now?", session_id = done.GetProperty("session_id").GetString() });
        Assert.Equal("You said: and now?", await device.DoneAsync(next));
        Assert.Contains(model.Asked, asked => asked.Contains("and now?", StringComparison.Ordinal) && asked.Contains($"touch {home}/made", StringComparison.Ordinal));
    }
}
