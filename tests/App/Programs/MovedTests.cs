using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Programs;

/// <summary>Real programs whose tasks go on at another device, where the program has another home.</summary>
[Collection(WholeApp.Name)]
public sealed class MovedTests(AgentsApp app, DrivenPrograms programs) : IClassFixture<DrivenPrograms>
{
    [Theory(DisplayName = "A task of claude or codex that is moved goes on in the same conversation at the other device, and claude hears there what it was told before")]
    [InlineData("claude")]
    [InlineData("codex")]
    public async Task Moved(string program)
    {
        await using var model = await ModelStandIn.StartAsync();
        await using var from = await WorkingDevice.StartAsync(app);
        await using var to = await WorkingDevice.StartAsync(app);
        var (first, second) = (await AgentAsync(from, model, program), await AgentAsync(to, model, program));
        var begun = Path.Combine(Directory.CreateTempSubdirectory("ccc-moved-").FullName, "begun");
        var task = await from.SubmitAsync(first, $"TOOL:touch {begun}; sleep 300");
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(begun)), TimeSpan.FromSeconds(60), "it runs its tool");
        // codex would take it up at once and end its turn.
        string[] said = program is "claude" ? ["and be quick"] : [];
        foreach (var text in said)
        {
            (await from.Admin.PostAsync($"/api/v1/tasks/{task}/message", new { text })).Is(200, 0);
        }

        (await from.Admin.PostAsync($"/api/v1/tasks/{task}/migrate", new { agent_id = second })).Is(202, 0);

        var done = await from.Admin.IsAsync(task, "done", TimeSpan.FromSeconds(90));
        Assert.Contains("You were interrupted", done.GetProperty("result").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(model.Asked, asked => asked.Contains("You were interrupted", StringComparison.Ordinal) && asked.Contains($"touch {begun}", StringComparison.Ordinal)
            && said.All(text => asked.Contains(text, StringComparison.Ordinal)));
        Assert.DoesNotContain(model.Asked, asked => asked.Contains("can't be taken up again", StringComparison.Ordinal));
    }

    private async Task<string> AgentAsync(WorkingDevice device, ModelStandIn model, string program)
    {
        var home = Directory.CreateTempSubdirectory("ccc-driven-");
        return (await device.AgentOfAsync(program is "codex" ? DrivenPosts.Codex(programs, model, home, "allow") : DrivenPosts.Claude(programs, model, home, "allow"))).Agent;
    }
}
