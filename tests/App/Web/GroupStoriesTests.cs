using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What people do in groups.</summary>
[Collection(WholeApp.Name)]
public sealed class GroupStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "A mention is completed as it is written, is work for the agent on its daemon, and what that answers appears by itself, with its task")]
    public async Task Chat()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentOfAsync(new { runner = "command", command = new[] { "/bin/sh", "-c", "read asked; echo \"I heard: $asked\"" }, on_mention = "task" });
        var name = (await device.Admin.GetAsync($"/api/v1/agents/{agent}")).Text("name");
        var made = await device.Admin.PostAsync("/api/v1/groups", new { name = $"talk {agent}", members = new[] { $"agent:{agent}" } });
        await using var admin = await AdminPage.OpenAsync(app, $"/groups/{made.Text("id")}");

        var field = admin.Page.GetByRole(AriaRole.Combobox, new() { Name = "Say something" });
        await field.PressSequentiallyAsync($"Are you there, @{name[..2]}");
        await admin.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await field.PressAsync("Enter");
        await field.PressAsync("Enter");
        await admin.Page.GetByRole(AriaRole.Log).GetByText($"@{name}", new() { Exact = true }).WaitForAsync();

        await admin.SaysAsync($"I heard: Are you there, @{name}");
        await admin.Page.GetByRole(AriaRole.Log).GetByRole(AriaRole.Link, new() { Name = "Task" }).First.ClickAsync();
        await admin.StateIsAsync("Done");
    }

    [Fact(DisplayName = "What is said while one is elsewhere is counted, read when one comes, and answered in a thread that grows; the members say who is there")]
    public async Task Unread()
    {
        var api = await app.AdminAsync();
        var person = await app.PersonAsync("user");
        var name = $"keys {Guid.NewGuid():N}"[..12];
        var made = await api.PostAsync("/api/v1/groups", new { name, members = new[] { $"user:{person.Id}" } });
        var messages = $"/api/v1/groups/{made.Text("id")}/messages";
        await using var theirs = await AdminPage.OpenAsync(app, "/groups", person.Email, Person.Password);
        var link = theirs.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = name });
        await link.WaitForAsync();

        var asked = await api.PostAsync(messages, new { content = "Who has the key?" });
        await link.GetByLabel("1 unread").WaitForAsync();
        await link.ClickAsync();
        await theirs.SaysAsync("Who has the key?");
        await link.GetByLabel("1 unread").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await theirs.Page.GetByRole(AriaRole.Log).GetByText("Who has the key?").HoverAsync();
        await theirs.PressAsync("Reply");
        var thread = theirs.Page.GetByRole(AriaRole.Region, new() { Name = "Thread" });
        await thread.GetByRole(AriaRole.Combobox).FillAsync("I have it.");
        await thread.GetByRole(AriaRole.Combobox).PressAsync("Enter");
        await thread.GetByRole(AriaRole.Log).GetByText("I have it.").WaitForAsync();
        (await api.PostAsync(messages, new { content = "Bring it.", reply_to = asked.Text("id") })).Is(201, 0);

        await thread.GetByRole(AriaRole.Log).GetByText("Bring it.").WaitForAsync();
        await theirs.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Members$") }).ClickAsync();
        await theirs.Page.GetByRole(AriaRole.Dialog).GetByText("Online").WaitForAsync();
    }
}
