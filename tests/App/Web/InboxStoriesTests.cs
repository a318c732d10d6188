using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What waits for a person, answered in the admin, and heard by the programs that ask.</summary>
[Collection(WholeApp.Name)]
public sealed class InboxStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "A question of a program on a real daemon appears in the inbox while one looks at it, one key answers it, and the program hears the answer")]
    public async Task Answer()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentOfAsync(AskingProgram.Template(device.StateFolder));
        await using var admin = await AdminPage.OpenAsync(app, "/inbox?kind=permission");
        await admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Inbox" }).WaitForAsync();
        var name = $"tidy-{Guid.NewGuid():N}"[..12];

        var task = await device.SubmitAsync(agent, name);
        await admin.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(name) }).ClickAsync(new() { Timeout = 30_000 });
        await admin.Page.Locator("h1").FocusAsync();
        await admin.Page.Keyboard.PressAsync("y");

        Assert.Equal("I ask first. I heard yes.", await device.DoneAsync(task));
        await admin.Page.GetByText(name).First.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Fact(DisplayName = "Three programs that ask are marked and allowed at once, and each hears it")]
    public async Task Many()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentOfAsync(AskingProgram.Template(device.StateFolder));
        var name = $"many-{Guid.NewGuid():N}"[..12];
        string[] tasks = [await device.SubmitAsync(agent, $"{name} a"), await device.SubmitAsync(agent, $"{name} b"), await device.SubmitAsync(agent, $"{name} c")];
        await using var admin = await AdminPage.OpenAsync(app, "/inbox?kind=permission");
        var rows = admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
        await Assertions.Expect(rows).ToHaveCountAsync(3, new() { Timeout = 30_000 });

        foreach (var row in await rows.AllAsync())
        {
            await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        }

        await admin.PressAsync("Allow 3");

        foreach (var task in tasks)
        {
            Assert.Equal("I ask first. I heard yes.", await device.DoneAsync(task));
        }

        await Assertions.Expect(rows).ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }
}
