using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>Small things that people do in the admin every day, with a real daemon at the other end.</summary>
[Collection(WholeApp.Name)]
public sealed class DeedStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "A device is drained by Ctrl+K: its page says so, a task for its agent says why it waits, and goes on when the device is resumed")]
    public async Task Drain()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync("echo done at last");
        await using var admin = await AdminPage.OpenAsync(app, $"/devices/{device.Id}");
        await admin.StateIsAsync("Online");

        await admin.Page.Keyboard.PressAsync("Control+k");
        await admin.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).FillAsync("Drain");
        await admin.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Drain" }).First.ClickAsync();
        await admin.ConfirmAsync("Drain");
        await admin.StateIsAsync("Draining");
        // Scheduler hears of it a moment later; what is handed in before is done.
        var task = "";
        await Eventually.TrueAsync(
            async () =>
            {
                task = await device.SubmitAsync(agent);
                return (await device.Admin.GetAsync($"/api/v1/tasks/{task}/explain")).Data.GetProperty("agents").EnumerateArray().Any(one => one.GetProperty("reason").GetString() == "draining");
            },
            WorkingDevice.Limit, "a task waits for the drained device");
        await admin.Page.GotoAsync($"/tasks/{task}?tab=why");
        await admin.SeesAsync("Its device is drained.");
        await admin.Page.GotoAsync($"/devices/{device.Id}");
        await admin.PressAsync("Resume");
        await admin.StateIsAsync("Online");

        Assert.Equal("done at last\n", await device.DoneAsync(task));
    }

    [Fact(DisplayName = "A task that failed says what went wrong, is tried again and done; one that runs is canceled, with the reason in its history")]
    public async Task Again()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var there = Path.Combine(device.StateFolder, "there");
        var (agent, _) = await device.AgentAsync($"[ -e '{there}' ] || {{ echo 'the floor is wet' >&2; exit 3; }}; echo dry now");
        var task = await device.Admin.SubmitAsync(new { agent_id = agent, prompt = "Walk", max_attempts = 1 });
        await using var admin = await AdminPage.OpenAsync(app, $"/tasks/{task}");

        await admin.StateIsAsync("Failed");
        await admin.Page.GetByText("the floor is wet").First.WaitForAsync();
        await File.WriteAllTextAsync(there, "", TestContext.Current.CancellationToken);
        await admin.PressAsync("Try it again");
        await admin.StateIsAsync("Done");

        var (endless, _) = await device.AgentAsync("echo for ever; exec sleep 100");
        await admin.Page.GotoAsync($"/tasks/{await device.SubmitAsync(endless)}");
        await admin.SaysAsync("for ever");
        await admin.PressAsync("Cancel the task");
        await admin.Page.GetByRole(AriaRole.Dialog).GetByLabel("Reason").FillAsync("it takes too long");
        await admin.ConfirmAsync("Cancel the task");
        await admin.StateIsAsync("Canceled");
    }

    [Fact(DisplayName = "A filter that was saved is there in another browser, and leads to what it found")]
    public async Task Saved()
    {
        var person = await app.PersonAsync("user");
        var name = $"mine {Guid.NewGuid():N}"[..12];
        await using (var here = await AdminPage.OpenAsync(app, "/tasks?status=failed&q=boiler", person.Email, Person.Password))
        {
            await here.PressAsync("Saved filters");
            await here.Page.GetByLabel("Save these filters").FillAsync(name);
            await here.Page.RunAndWaitForResponseAsync(() => here.PressAsync("Save"), answer => answer.Request.Method == "PUT" && answer.Ok);
            await here.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).WaitForAsync();
        }

        await using var elsewhere = await AdminPage.OpenAsync(app, "/tasks", person.Email, Person.Password);
        await elsewhere.PressAsync("Saved filters");
        await elsewhere.PressAsync(name);

        await elsewhere.Page.WaitForURLAsync(url => url.Contains("q=boiler", StringComparison.Ordinal) && url.Contains("failed", StringComparison.Ordinal));
        await elsewhere.SeesAsync("Nothing fits these filters");
    }

    [Fact(DisplayName = "An agent is handed work on its own page, which shows what it says as it says it")]
    public async Task Talk()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var go = Path.Combine(device.StateFolder, "go");
        var (agent, _) = await device.AgentAsync($"read asked; echo \"I heard: $asked\"; until [ -e '{go}' ]; do sleep 0.1; done");
        await using var admin = await AdminPage.OpenAsync(app, $"/agents/{agent}");
        await admin.SeesAsync("It has nothing to do");

        await admin.Page.GetByRole(AriaRole.Textbox, new() { Name = "Talk to this agent" }).FillAsync("water the plants");
        await admin.PressAsync("Hand in as a task");

        await admin.SaysAsync("I heard: water the plants");
        await admin.StateIsAsync("Busy");
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        await admin.SeesAsync("It has nothing to do");
    }
}
