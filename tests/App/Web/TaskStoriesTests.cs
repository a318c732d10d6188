using Agents.Tests.App.Daemon;
using Agents.Tests.App.Mcp;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What people do with tasks in the admin, with real agents at the other end.</summary>
[Collection(WholeApp.Name)]
public sealed class TaskStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "A task is handed in by a form and watched as it goes, line by line, on a real daemon")]
    public async Task Submit()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var go = Path.Combine(device.StateFolder, "go");
        var (_, post) = await device.AgentAsync($"echo first words; until [ -e '{go}' ]; do sleep 0.1; done; echo last words");
        await using var admin = await AdminPage.OpenAsync(app, $"/tasks/new?post={post}");

        await admin.Page.GetByLabel("What is to be done").FillAsync("watch me");
        await admin.PressAsync("Hand it in");
        await admin.Page.GetByRole(AriaRole.Heading, new() { Name = "watch me" }).WaitForAsync();
        await admin.SaysAsync("first words");
        await admin.StateIsAsync("Running");
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        await admin.SaysAsync("last words");
        await admin.StateIsAsync("Done");
    }

    [Fact(DisplayName = "A task that runs is moved to another agent, and the page shows it go on there")]
    public async Task Move()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (first, _) = await device.AgentAsync("echo at work; exec sleep 100");
        var (second, _) = await device.AgentAsync("echo goes on elsewhere");
        var name = (await device.Admin.GetAsync($"/api/v1/agents/{second}")).Text("name");
        var task = await device.SubmitAsync(first);
        await using var admin = await AdminPage.OpenAsync(app, $"/tasks/{task}");
        await admin.SaysAsync("at work");

        await admin.PressAsync("Move it");
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("To this agent").FillAsync(name);
        await admin.Page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
        await admin.SaysAsync("goes on elsewhere");
        await admin.StateIsAsync("Done");
    }

    [Fact(DisplayName = "A file that an agent keeps with its task while it works is listed as one looks, and downloaded whole")]
    public async Task Files()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync(ToolUser.Script);
        var prompt = ToolUser.NewPrompt();
        var task = await device.SubmitAsync(agent, prompt);
        await using var user = await ToolUser.OfAsync(prompt);
        await using var admin = await AdminPage.OpenAsync(app, $"/tasks/{task}?tab=files");
        await admin.SeesAsync("No files");

        await user.CallAsync("save_artifact", new { text = "what was found", name = "report.md" });
        var link = admin.Page.GetByRole(AriaRole.Link, new() { Name = "Download report.md" });
        await link.WaitForAsync(new() { Timeout = 15_000 });
        var file = await admin.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());

        Assert.Equal("what was found", await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken));
        user.End("");
        await admin.StateIsAsync("Done");
    }
}
