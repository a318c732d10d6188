using System.Text.Json;
using Agents.Tests.App.Daemon;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What people do with posts in the admin.</summary>
[Collection(WholeApp.Name)]
public sealed class PostStoriesTests(AgentsApp app)
{
    private readonly string _mark = Guid.NewGuid().ToString("N")[..10];

    [Fact(DisplayName = "A post is written by its fields and as text, five agents of it are seen before they are made, and each does a task on its daemon")]
    public async Task Make()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        (await device.Admin.PatchAsync($"/api/v1/devices/{device.Id}", new { labels = new { mark = _mark } })).Is(200, 0);
        await using var admin = await AdminPage.OpenAsync(app, "/posts/new");

        await admin.Page.GetByRole(AriaRole.Textbox, new() { Name = "All of it as text" }).FillAsync(JsonSerializer.Serialize(new { requires = new { labels = new { mark = _mark } }, runner = "command", command = new[] { "/bin/cat" } }));
        await admin.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync(_mark);
        await admin.Page.GetByLabel("Role").FillAsync("Answers kindly");
        await admin.PressAsync("New post");
        await admin.PressAsync("Make agents");
        await admin.Page.GetByLabel("How many").FillAsync("5");
        var names = Enumerable.Range(1, 5).Select(n => $"{_mark}-{n}").ToList();
        await admin.SeesAsync(string.Join(", ", names));
        Assert.Empty(await AgentsAsync(device));
        await admin.PressAsync("Make 5");
        await admin.SeesAsync("5 agents");

        var made = await AgentsAsync(device);
        Assert.Equal(names, made.Select(agent => agent.Name).Order(StringComparer.Ordinal));
        var tasks = await Task.WhenAll(made.Select(agent => device.SubmitAsync(agent.Id, $"I am {agent.Name}")));
        Assert.Equal(made.Select(agent => $"I am {agent.Name}"), await Task.WhenAll(tasks.Select(device.DoneAsync)));
        Assert.Equal("Answers kindly", (await device.Admin.GetAsync($"/api/v1/posts/{made[0].Post}")).Data.GetProperty("template").GetProperty("role_prompt").GetString());
    }

    [Fact(DisplayName = "A changed post is saved without releasing it and rolled out by hand: the daemon's agents run it, and after the way back what they ran before")]
    public async Task RollOut()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (first, post) = await device.AgentAsync("echo old");
        string[] agents = [first, await device.AgentOnAsync(post)];
        await using var admin = await AdminPage.OpenAsync(app, $"/posts/{post}");

        var text = admin.Page.GetByRole(AriaRole.Textbox, new() { Name = "All of it as text" });
        await text.FillAsync((await text.InputValueAsync()).Replace("echo old", "echo new", StringComparison.Ordinal));
        await admin.Page.GetByLabel("Release to all agents at once").UncheckAsync();
        await admin.PressAsync("Save as a version");
        await admin.SeesAsync("Version 2, 1 is released");
        await admin.Page.GetByRole(AriaRole.Tab, new() { Name = "Roll-out" }).ClickAsync();
        await admin.Page.GetByLabel("Steps, in per cent").FillAsync("50, 100");
        await admin.Page.GetByLabel("On or back by itself, by what the tasks show").UncheckAsync();
        await admin.PressAsync("Begin a roll-out");
        await admin.SeesAsync("What the trial says");
        await RunAsync(device, agents, "new", "old");
        await admin.PressAsync("Go back");
        await admin.ConfirmAsync("Go back");
        await admin.SeesAsync("Gone back");

        await RunAsync(device, agents, "old", "old");
        Assert.Equal((2, 1), ((await device.Admin.GetAsync($"/api/v1/posts/{post}")).Data.GetProperty("version").GetInt32(), (await device.Admin.GetAsync($"/api/v1/posts/{post}")).Data.GetProperty("released").GetInt32()));
    }

    [Fact(DisplayName = "A template is written as YAML: the form shows it at once, what can't be read is said with its line, and what the server refuses with its field")]
    public async Task Yaml()
    {
        var api = await app.AdminAsync();
        var post = await api.PostOfAsync(new { role_prompt = "You review.\nBe kind.\n" }, _mark);
        await using var admin = await AdminPage.OpenAsync(app, $"/posts/{post}");
        var text = admin.Page.GetByRole(AriaRole.Textbox, new() { Name = "All of it as text" });

        await admin.Page.GetByText("YAML", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync("role_prompt: |\n  You review.\n  Be kind.\n");
        await text.FillAsync("limits:\n  pids: [5");
        await admin.Page.GetByText("at line 2, column").WaitForAsync();
        await text.FillAsync("role_prompt: |\n  You build.\nlimits:\n  pids: -5\n");
        await Assertions.Expect(admin.Page.GetByLabel("Role")).ToHaveValueAsync("You build.\n");
        await admin.PressAsync("Save as a version");
        await admin.Page.GetByText("limits.pids: ").WaitForAsync();
        await text.FillAsync("role_prompt: |\n  You build.\nlimits:\n  pids: 5\n");
        await admin.PressAsync("Save as a version");
        await admin.SeesAsync("Version 2");

        var template = (await api.GetAsync($"/api/v1/posts/{post}")).Data.GetProperty("template");
        Assert.Equal(("You build.\n", 5), (template.GetProperty("role_prompt").GetString(), template.GetProperty("limits").GetProperty("pids").GetInt32()));
    }

    /// <summary>What a task of each says, in the order of the words.</summary>
    private static Task RunAsync(WorkingDevice device, string[] agents, params string[] said) => Eventually.TrueAsync(
        async () =>
        {
            var tasks = await Task.WhenAll(agents.Select(agent => device.SubmitAsync(agent)));
            var now = await Task.WhenAll(tasks.Select(device.DoneAsync));
            return now.Select(text => text.Trim()).Order(StringComparer.Ordinal).SequenceEqual(said);
        },
        WorkingDevice.Limit, $"its agents say {string.Join(" and ", said)}");

    private static async Task<List<(string Id, string Name, string Post)>> AgentsAsync(WorkingDevice device) =>
        [.. (await device.Admin.GetAsync($"/api/v1/agents?device_id={device.Id}")).Items().Select(agent => (agent.GetProperty("id").GetString()!, agent.GetProperty("name").GetString()!, agent.GetProperty("post_id").GetString()!))];
}
