using Agents.Tests.App.Daemon;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>Work that comes by the clock, as people arrange for it in the admin.</summary>
[Collection(WholeApp.Name)]
public sealed class ScheduleStoriesTests(AgentsApp app)
{
    private readonly string _name = $"nightly-{Guid.NewGuid():N}"[..16];

    [Fact(DisplayName = "A schedule is made by a form that says when it will fire, fires, and its task is seen to its end; paused, it fires no more")]
    public async Task Make()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (_, post) = await device.AgentAsync("echo by the clock");
        var postName = (await device.Admin.GetAsync($"/api/v1/posts/{post}")).Text("name");
        await using var admin = await AdminPage.OpenAsync(app, "/schedules/new");

        await admin.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync(_name);
        await admin.Page.GetByLabel("Cron expression").FillAsync("61 * * * * *");
        await admin.Page.GetByText("the second has '61'").WaitForAsync();
        await admin.Page.GetByLabel("Cron expression").FillAsync("*/2 * * * * *");
        await admin.SeesAsync("Every 2 seconds");
        await admin.Page.GetByRole(AriaRole.Region, new() { Name = "The next times" }).GetByRole(AriaRole.Row).Nth(10).WaitForAsync();
        await admin.Page.GetByRole(AriaRole.Combobox, new() { Name = "Post", Exact = true }).FillAsync(postName);
        await admin.Page.GetByRole(AriaRole.Option, new() { Name = postName }).ClickAsync();
        await admin.Page.GetByLabel("What is to be done").FillAsync("look after it");
        await admin.PressAsync("New schedule");

        await admin.Page.GetByRole(AriaRole.Region, new() { Name = "History" }).GetByRole(AriaRole.Link).First.WaitForAsync(new() { Timeout = 30_000 });
        await admin.PressAsync("Pause");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).WaitForAsync();
        await admin.Page.GetByRole(AriaRole.Region, new() { Name = "History" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await admin.Page.GetByRole(AriaRole.Heading, new() { Name = "look after it" }).WaitForAsync();
        await admin.SaysAsync("by the clock");
        await admin.StateIsAsync("Done");

        var schedule = (await device.Admin.GetAsync($"/api/v1/schedules?q={_name}")).Items().Single();
        Assert.Equal((false, "*/2 * * * * *", post), (schedule.GetProperty("enabled").GetBoolean(), schedule.GetProperty("cron").GetString(), schedule.GetProperty("task").GetProperty("post_id").GetString()));
    }
}
