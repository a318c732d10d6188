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
        var agent = await AgentAsync(device, model, home, "allow");

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

    [Fact(DisplayName = "What claude wants to do is asked of people: the task waits, who allows it at a terminal lets it go on, and what is sent to it meanwhile is heard")]
    public async Task Asks()
    {
        await using var model = await ModelStandIn.StartAsync();
        await using var device = await WorkingDevice.StartAsync(app);
        var home = Directory.CreateTempSubdirectory("ccc-driven-").FullName;
        var agent = await AgentAsync(device, model, home, "ask");
        (await device.Ccc.SignInAsync(app)).Is(0);

        var task = await device.SubmitAsync(agent, $"TOOL:touch {home}/asked");
        await device.Admin.IsAsync(task, "waiting", WorkingDevice.Limit);
        Assert.Contains($"touch {home}/asked", (await device.Ccc.RunAsync("answer", task)).Is(0).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(home, "asked")));
        (await device.Ccc.RunAsync("send", agent, "and be quick")).Is(0);
        (await device.Ccc.RunAsync("answer", task, "--allow")).Is(0);

        await device.Admin.IsAsync(task, "done", WorkingDevice.Limit);
        Assert.True(File.Exists(Path.Combine(home, "asked")));
        await model.IsAskedAsync("and be quick");
        Assert.Contains(" waiting running ", await device.Admin.StatesAsync(task), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "claude hands work to a colleague by its tool; the model is told of the task, which is done by the other")]
    public async Task HandsOver()
    {
        await using var model = await ModelStandIn.StartAsync();
        await using var device = await WorkingDevice.StartAsync(app);
        var home = Directory.CreateTempSubdirectory("ccc-driven-").FullName;
        var agent = await AgentAsync(device, model, home, "deny");
        var (colleague, _) = await device.AgentAsync("cat");

        var task = await device.SubmitAsync(agent, $"COLLEAGUES:hand_over {{\"agent_id\":\"{colleague}\",\"prompt\":\"a part of it\"}}");
        Assert.Equal("The tool has run.", await device.DoneAsync(task));

        var child = (await device.Admin.GetAsync($"/api/v1/tasks?parent_id={task}")).Data.GetProperty("items")[0].GetProperty("task_id").GetString()!;
        await model.IsAskedAsync(child);
        Assert.Equal("a part of it", await device.DoneAsync(child));
    }

    private async Task<string> AgentAsync(WorkingDevice device, ModelStandIn model, string home, string bash) =>
        (await device.AgentOfAsync(DrivenPosts.Claude(programs, model, new(home), bash))).Agent;
}
