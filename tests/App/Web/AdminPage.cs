using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>The admin in a real browser, as the first administrator or somebody else sees it.</summary>
internal sealed class AdminPage(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    public IPage Page => page;

    public static Task<AdminPage> OpenAsync(AgentsApp app, string path) => OpenAsync(app, path, "admin@localhost", AgentsApp.AdminPassword);

    public static async Task<AdminPage> OpenAsync(AgentsApp app, string path, string email, string password)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { BaseURL = app.App.GetEndpoint("gateway").ToString(), Locale = "en", ViewportSize = new() { Width = 1280, Height = 800 } });
        var admin = new AdminPage(playwright, browser, page);
        page.PageError += (_, error) => admin._errors.Add(error);

        await page.GotoAsync(path);
        await admin.SignInAsync(email, password);
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return admin;
    }

    public async Task SignInAsync(string email, string password)
    {
        await page.FillAsync("[name=email]", email);
        await page.FillAsync("[name=password]", password);
        await PressAsync("Sign in");
    }

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>In the window that asks once more.</summary>
    public Task ConfirmAsync(string deed) =>
        page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = deed, Exact = true }).ClickAsync();

    public Task SeesAsync(string text) => page.GetByText(text, new() { Exact = true }).First.WaitForAsync(new() { Timeout = 30_000 });

    /// <summary>What a task's own state is said to be, beside its title.</summary>
    public Task StateIsAsync(string state) =>
        page.Locator("main h1 ~ [data-tone]", new() { HasText = state }).WaitForAsync(new() { Timeout = 30_000 });

    /// <summary>What the task has said.</summary>
    public Task SaysAsync(string text) => page.GetByRole(AriaRole.Log).GetByText(text).First.WaitForAsync(new() { Timeout = 30_000 });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        Assert.Empty(_errors);
    }
}
