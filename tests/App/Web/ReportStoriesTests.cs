using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What was done, as people read it in the admin.</summary>
[Collection(WholeApp.Name)]
public sealed class ReportStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "A report counts a task while one looks at it, agent by agent, and is taken away as a file")]
    public async Task Read()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, post) = await device.AgentAsync("echo done");
        var name = (await device.Admin.GetAsync($"/api/v1/agents/{agent}")).Text("name");
        await using var admin = await AdminPage.OpenAsync(app, $"/reports?range=1d&by=agent&post={post}");
        await admin.SeesAsync("Nothing has ended in this time");

        await device.DoneAsync(await device.SubmitAsync(agent));
        var row = admin.Page.GetByRole(AriaRole.Row, new() { Name = name });
        await row.WaitForAsync(new() { Timeout = 30_000 });
        var file = await admin.Page.RunAndWaitForDownloadAsync(() => admin.PressAsync("CSV"));
        var lines = await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);

        Assert.Equal("1", await row.GetByRole(AriaRole.Cell).Nth(1).InnerTextAsync());
        Assert.StartsWith($"{agent},1,1,0,0,1,", lines[1], StringComparison.Ordinal);
    }
}
