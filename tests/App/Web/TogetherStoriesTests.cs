using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>Several agents for one task, chosen in the admin, on a real daemon.</summary>
[Collection(WholeApp.Name)]
public sealed class TogetherStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "A task that waits is given to two agents: its tree shows their parts as they come and how each stands, until both are done")]
    public async Task Each()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var go = Path.Combine(device.StateFolder, "go");
        var (first, post) = await device.AgentAsync($"until [ -e '{go}' ]; do sleep 0.1; done; echo a half");
        var second = await device.AgentOnAsync(post);
        var task = await device.Admin.SubmitAsync(new { prompt = "Write it together", requires = new { capabilities = new[] { "nobody-has-this" } } });
        await using var admin = await AdminPage.OpenAsync(app, $"/tasks/{task}?tab=tree");
        await admin.SeesAsync("It stands alone");

        await admin.PressAsync("Give it to several");
        await ChooseAsync(admin, device, first, second);
        await admin.ConfirmAsync("Give it to several");

        var parts = Parts(admin);
        await Assertions.Expect(parts.Filter(new() { HasText = "Running" })).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await Assertions.Expect(parts.Filter(new() { HasText = "Member" })).ToHaveCountAsync(2);
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        await Assertions.Expect(parts.Filter(new() { HasText = "Done" })).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await admin.StateIsAsync("Done");
    }

    [Fact(DisplayName = "A task is handed in for two agents of which the first wins: what that says is the result, and the other is canceled")]
    public async Task First()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (slow, _) = await device.AgentAsync("exec sleep 100");
        var (quick, _) = await device.AgentAsync("echo I was first");
        await using var admin = await AdminPage.OpenAsync(app, "/tasks/new");

        await admin.Page.GetByLabel("What is to be done").FillAsync("Who is first?");
        await admin.Page.GetByRole(AriaRole.Switch, new() { Name = "Several agents together" }).CheckAsync();
        await ChooseAsync(admin, device, slow, quick);
        await admin.Page.GetByText("The first wins").ClickAsync();
        await admin.PressAsync("Hand it in");

        await admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Who is first?", Level = 1 }).WaitForAsync();
        await admin.StateIsAsync("Done");
        await admin.Page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Tasks around it") }).ClickAsync();
        await Assertions.Expect(Parts(admin).Filter(new() { HasText = "Done" })).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Assertions.Expect(Parts(admin).Filter(new() { HasText = "Canceled" })).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await admin.SeesAsync("Works together · The first wins");
    }

    private static ILocator Parts(AdminPage admin) => admin.Page.GetByRole(AriaRole.Region, new() { Name = "Its parts" }).GetByRole(AriaRole.Row);

    private static async Task ChooseAsync(AdminPage admin, WorkingDevice device, params string[] agents)
    {
        foreach (var agent in agents)
        {
            var name = (await device.Admin.GetAsync($"/api/v1/agents/{agent}")).Text("name");
            await admin.Page.GetByRole(AriaRole.Combobox, new() { Name = "These agents" }).FillAsync(name);
            await admin.Page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
        }

        // The list stays open for more, and lies over what is beneath it.
        await admin.Page.Keyboard.PressAsync("Tab");
    }
}
