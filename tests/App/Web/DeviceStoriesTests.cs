using Agents.Tests.App.Daemon;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

[Collection(WholeApp.Name)]
public sealed class DeviceStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "A machine is enrolled by the very command that the admin shows, and the dialog sees it come")]
    public async Task Enrol()
    {
        await using var ccc = new Ccc();
        // A moment before, and none of this story's.
        await Fleet.EnrolAsync(app, await app.AdminAsync());
        await using var admin = await AdminPage.OpenAsync(app, "/devices");

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Enrol a device" }).First.ClickAsync();
        await admin.PressAsync("Make a token");
        var command = await admin.Page.GetByText("ccc connect").InnerTextAsync();
        (await ccc.RunAsync(command.Split(' ')[1..])).Is(0);
        var daemon = ccc.Start("daemon");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Look at it" }).ClickAsync(new() { Timeout = 30_000 });

        await admin.StateIsAsync("Online");
        await daemon.TerminateAsync();
    }
}
