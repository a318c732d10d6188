using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>Something of the admin that people see.</summary>
/// <param name="Name">Of its picture.</param>
/// <param name="Open">What is done there before one looks.</param>
/// <param name="Sees">A text that is there when it is all there.</param>
/// <param name="IsOutside">Nobody is signed in.</param>
internal sealed record Scene(string Name, string Address, Func<IPage, Task>? Open = null, string? Sees = null, bool IsOutside = false)
{
    public static IReadOnlyList<Scene> Of(Showcase show) =>
    [
        new("sign-in", "/sign-in", IsOutside: true),
        new("overview", "/", Sees: "Everything is healthy"),
        new("inbox", "/inbox", page => page.GetByText("May I stop the staging database?").First.ClickAsync()),
        new("tasks", "/tasks"),
        new("tasks-board", "/tasks?view=board"),
        new("tasks-none", "/tasks?q=nothing-is-called-this"),
        new("task-new", "/tasks/new", page => Button(page, "More")),
        new("task-new-together", "/tasks/new", page => page.GetByRole(AriaRole.Switch, new() { Name = "Several agents together" }).CheckAsync(), "It is done when all of them are."),
        new("task-move", $"/tasks/{show.AtWork}", page => Button(page, "Move it")),
        new("task-gather", $"/tasks/{show.AtWork}", page => Button(page, "Give it to several"), "It is done when all of them are."),
        .. Parts("task", $"/tasks/{show.AtWork}", "tasks", "taskTabs"),
        new("task-asking", $"/tasks/{show.Asking}", Sees: "May I stop the staging database?"),
        new("groups", "/groups"),
        new("group-new", "/groups", page => Button(page, "New group")),
        new("group", $"/groups/{show.Group}", Sees: "Thank you, "),
        new("group-thread", $"/groups/{show.Group}?thread={show.Thread}"),
        new("agents", "/agents"),
        new("agents-board", "/agents?view=board"),
        .. Parts("agent", $"/agents/{show.Fleet.Agent("release-1").Id}", "agents", "agentTabs"),
        new("devices", "/devices"),
        new("device-enrol", "/devices?enrol=true", page => Button(page, "Make a token"), "Waiting for the machine"),
        .. Parts("device", $"/devices/{show.Fleet.Machines[0].Machine.Id}", "devices", "tabs"),
        new("posts", "/posts"),
        new("posts-gallery", "/posts?gallery=true"),
        new("post-new", "/posts/new"),
        .. Parts("post", $"/posts/{show.Fleet.Post}", "posts", "postTabs"),
        new("post-staff", $"/posts/{show.Fleet.Post}?tab=agents", page => Button(page, "Make agents")),
        new("schedules", "/schedules"),
        new("schedule-new", "/schedules/new"),
        .. Parts("schedule", $"/schedules/{show.Schedule}", "schedules", "scheduleTabs"),
        new("reports", "/reports"),
        .. Parts("people", "/people", "people", "views", "view"),
        new("person-new", "/people?make=true"),
        new("key-new", "/people?view=keys&make=true"),
        .. Parts("person", $"/people/{show.Person}", "people", "personTabs"),
        new("settings", "/settings"),
        new("nowhere", "/no/such/page"),
        new("navigation", "/", async page =>
        {
            // At a desk it is always there.
            var menu = page.GetByRole(AriaRole.Button, new() { Name = "Open navigation" });
            if (await menu.IsVisibleAsync())
            {
                await menu.ClickAsync();
            }
        }),
        new("commands", "/tasks", async page =>
        {
            await page.Keyboard.PressAsync("Control+k");
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).FillAsync("rev");
            await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "reviewer-1" }).First.WaitForAsync();
        }),
        new("keys", "/tasks", page => page.Keyboard.PressAsync("?"), "Keyboard shortcuts"),
    ];

    private static IEnumerable<Scene> Parts(string name, string address, string page, string list, string parameter = "tab") =>
        Sitemap.PartsOf(page, list).Select(part => new Scene($"{name}-{part}", $"{address}?{parameter}={part}"));

    private static Task Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
