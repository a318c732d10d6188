using Agents.Tests.App.Posts;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

[Collection(WholeApp.Name)]
public sealed class ZoneStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "Who chooses a time zone is shown all times in it, also after the page was loaded anew")]
    public async Task Choose()
    {
        var api = await app.AdminAsync();
        var schedule = await api.ScheduleAsync(new { name = $"zones {Guid.NewGuid():N}", cron = "0 30 2 * * *", time_zone = "UTC", task = new { post_id = await api.PostOfAsync(), prompt = "go" } });
        await using var admin = await AdminPage.OpenAsync(app, "/settings");

        await admin.Page.GetByRole(AriaRole.Combobox, new() { Name = "Time zone" }).FillAsync("Asia/Tok");
        await admin.Page.GetByRole(AriaRole.Option, new() { Name = "Asia/Tokyo" }).ClickAsync();
        await admin.Page.GotoAsync($"/schedules/{schedule}?tab=times");
        var times = admin.Page.GetByRole(AriaRole.Region, new() { Name = "The next times" }).Last;
        await times.GetByText("Asia/Tokyo").WaitForAsync();

        Assert.Contains("11:30:00", await times.GetByRole(AriaRole.Row).Nth(1).InnerTextAsync(), StringComparison.Ordinal);
    }
}
