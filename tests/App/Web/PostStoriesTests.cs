using System.Text.Json;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What people do with posts in the admin.</summary>
[Collection(WholeApp.Name)]
public sealed class PostStoriesTests(AgentsApp app)
{
    private readonly string _mark = Guid.NewGuid().ToString("N")[..10];

    [Fact(DisplayName = "A post is written by its fields and as text, and five agents of it are seen before they are made")]
    public async Task Make()
    {
        var api = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, api);
        (await api.PatchAsync($"/api/v1/devices/{machine.Id}", new { labels = new { mark = _mark } })).Is(200, 0);
        await using var admin = await AdminPage.OpenAsync(app, "/posts/new");

        await admin.Page.GetByLabel("All of it as text").FillAsync(JsonSerializer.Serialize(new { requires = new { labels = new { mark = _mark } } }));
        await admin.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync(_mark);
        await admin.Page.GetByLabel("Role").FillAsync("Answers kindly");
        await admin.PressAsync("New post");
        await admin.PressAsync("Make agents");
        await admin.Page.GetByLabel("How many").FillAsync("5");
        await admin.SeesAsync(string.Join(", ", Enumerable.Range(1, 5).Select(n => $"{_mark}-{n}")));
        Assert.Equal(0, (await api.GetAsync($"/api/v1/agents?device_id={machine.Id}")).Data.GetProperty("total").GetInt32());
        await admin.PressAsync("Make 5");

        await admin.SeesAsync("5 agents");
        var post = (await api.GetAsync($"/api/v1/posts?q={_mark}")).Items().Single().GetProperty("id").GetString();
        var template = (await api.GetAsync($"/api/v1/posts/{post}")).Data.GetProperty("template");
        Assert.Equal(("Answers kindly", _mark), (template.GetProperty("role_prompt").GetString(), template.GetProperty("requires").GetProperty("labels").GetProperty("mark").GetString()));
        Assert.Equal(5, (await api.GetAsync($"/api/v1/agents?device_id={machine.Id}")).Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "A changed post is saved without releasing it, rolled out by hand, and back")]
    public async Task RollOut()
    {
        var api = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, api);
        var post = await api.PostOfAsync(new { role_prompt = "old" }, _mark);
        await api.StaffAsync(post, new { devices = new[] { machine.Id, machine.Id } });
        await using var admin = await AdminPage.OpenAsync(app, $"/posts/{post}");

        await admin.Page.GetByLabel("Role").FillAsync("new");
        await admin.Page.GetByLabel("Release to all agents at once").UncheckAsync();
        await admin.PressAsync("Save as a version");
        await admin.SeesAsync("Version 2, 1 is released");
        await admin.Page.GetByRole(AriaRole.Tab, new() { Name = "Roll-out" }).ClickAsync();
        await admin.Page.GetByLabel("Steps, in per cent").FillAsync("50, 100");
        await admin.PressAsync("Begin a roll-out");
        await admin.SeesAsync("What the trial says");
        await admin.PressAsync("Go back");
        await admin.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Go back" }).ClickAsync();

        await admin.SeesAsync("Gone back");
        Assert.Equal((2, 1), ((await api.GetAsync($"/api/v1/posts/{post}")).Data.GetProperty("version").GetInt32(), (await api.GetAsync($"/api/v1/posts/{post}")).Data.GetProperty("released").GetInt32()));
    }
}
