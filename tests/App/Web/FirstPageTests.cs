using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

[Collection(WholeApp.Name)]
public sealed class FirstPageTests(AgentsApp app)
{
    /// <summary>Build output, to be looked at: an ignored folder.</summary>
    private static readonly string Screenshots = Path.Combine(AppHostProcess.RepositoryRoot, "tests", "App", "TestResults", "screenshots");

    [Theory(DisplayName = "Sign in, see every service healthy, sign out; in both themes, at a desk and on a phone")]
    [InlineData(ColorScheme.Light, 1280, 800)]
    [InlineData(ColorScheme.Dark, 1280, 800)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task Story(ColorScheme theme, int width, int height)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new()
        {
            BaseURL = app.App.GetEndpoint("gateway").ToString(),
            Locale = "en",
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = height },
        });
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync("/");
        await page.FillAsync("[name=email]", "admin@localhost");
        await page.FillAsync("[name=password]", "not it");
        await page.ClickAsync("button:has-text('Sign in')");
        await page.GetByText("Email, name or password is wrong", new() { Exact = false }).First.WaitForAsync();
        await page.FillAsync("[name=password]", AgentsApp.AdminPassword);
        await page.ClickAsync("button:has-text('Sign in')");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.GetByText("Everything is healthy").WaitForAsync();
        Assert.Equal(6, await page.GetByText("Healthy", new() { Exact = true }).CountAsync());
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"overview-{theme}-{width}.png".ToLowerInvariant()) });
        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name is "agents_access" or "agents_refresh" && !cookie.HttpOnly);

        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Open navigation" });
        if (await menu.IsVisibleAsync())
        {
            await menu.ClickAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.Locator("[name=email]").WaitForAsync();
        await page.ReloadAsync();
        await page.Locator("[name=email]").WaitForAsync();
        Assert.Empty(errors);
    }

    [Fact(DisplayName = "The API reference shows the operations, with nothing from another site")]
    public async Task Docs()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { BaseURL = app.App.GetEndpoint("gateway").ToString() });
        var elsewhere = new List<string>();
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } uri && uri.Authority != app.App.GetEndpoint("gateway").Authority)
            {
                elsewhere.Add(request.Url);
            }
        };

        await page.GotoAsync("/docs");

        await page.GetByText("/api/v1/auth/login").First.WaitForAsync();
        Assert.Empty(elsewhere);
    }
}
