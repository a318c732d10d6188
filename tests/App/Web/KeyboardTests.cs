using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>The admin without a mouse.</summary>
[Collection(ShowcaseHub.Name)]
public sealed class KeyboardTests(Showcase show)
{
    private const string Focused = "() => (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()";

    [Fact(DisplayName = "A row is found, opened, nearly canceled and left again by keys alone, and the focus is always where one was")]
    public async Task Walk()
    {
        await using var admin = await AdminPage.OpenAsync(show.App, "/tasks?status=running");
        var (page, keys) = (admin.Page, admin.Page.Keyboard);
        // Loaded anew, so that nothing has the focus yet.
        await page.ReloadAsync();
        // What stands there until the rows have come looks like rows to a reader of screens, and can't be walked.
        await page.Locator("[role=grid][aria-busy=false]").WaitForAsync();

        await keys.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.EvaluateAsync<string>(Focused));
        await keys.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement?.id"));
        await keys.PressAsync("j");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowUp");
        var name = await page.Locator("[role=row][data-active] a").First.InnerTextAsync();
        await keys.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 }).WaitForAsync();

        await TabToAsync(page, "Cancel the task");
        await keys.PressAsync("Enter");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await keys.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('[role=dialog]').contains(document.activeElement)"), "the dialog keeps the focus");
        await keys.PressAsync("Escape");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await FocusIsAsync(page, "Cancel the task");

        await TabToAsync(page, "Output");
        await keys.PressAsync("ArrowRight");
        await page.WaitForURLAsync("**/tasks/*?tab=attempts");
    }

    [Fact(DisplayName = "From anywhere two letters lead to a page, Ctrl+K to a thing by its name, and ? says which keys there are")]
    public async Task Everywhere()
    {
        await using var admin = await AdminPage.OpenAsync(show.App, "/devices");
        var (page, keys) = (admin.Page, admin.Page.Keyboard);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Devices" }).WaitForAsync();

        await keys.PressAsync("g");
        await keys.PressAsync("t");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Tasks" }).WaitForAsync();
        await keys.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" }).WaitForAsync();
        await keys.PressAsync("Escape");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await FocusIsAsync(page, "Tasks");

        await keys.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).WaitForAsync();
        await keys.TypeAsync(show.Fleet.Agents[0].Name);
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = show.Fleet.Agents[0].Name }).First.WaitForAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("Enter");
        await page.WaitForURLAsync("**/agents/*");
        await page.GetByRole(AriaRole.Heading, new() { Name = show.Fleet.Agents[0].Name }).WaitForAsync();
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var n = 0; n < 60; n++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>(Focused) == name)
            {
                return;
            }
        }

        Assert.Fail($"Tab does not lead to {name}");
    }

    private static async Task FocusIsAsync(IPage page, string name) => await Eventually.TrueAsync(
        async () => await page.EvaluateAsync<string>(Focused) == name, TimeSpan.FromSeconds(5), $"the focus is on {name}");
}
