using Agents.Tests.App.Publishing;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>Each page, with much in it, as it looks and as those who can't see it read it.</summary>
[Collection(ShowcaseHub.Name)]
public sealed class EveryPageTests(Showcase show)
{
    /// <summary>Build output, to be looked at: an ignored folder.</summary>
    private static readonly string Screenshots = Path.Combine(AppHostProcess.RepositoryRoot, "tests", "App", "TestResults", "screenshots");

    private readonly List<string> _faults = [];

    [Fact(DisplayName = "No page that the admin has is left out of those that are looked at")]
    public void All()
    {
        var seen = Scene.Of(show).Select(scene => Sitemap.RouteOf(scene.Address)).ToHashSet();

        Assert.NotEmpty(Sitemap.Pages);
        Assert.Equal([], Sitemap.Routes.Concat(Sitemap.Pages).Where(route => !seen.Contains(route)));
    }

    [Theory(DisplayName = "Every page and form can be read by everybody, in both themes, and nothing sticks out; each leaves its picture")]
    [InlineData("desk", 1280, 800)]
    [InlineData("phone", 390, 844)]
    public async Task Looked(string size, int width, int height)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var inside = await Stage.OpenAsync(browser, show.App, width, height, signedIn: true);
        var outside = await Stage.OpenAsync(browser, show.App, width, height, signedIn: false);

        foreach (var scene in Scene.Of(show))
        {
            try
            {
                await LookAsync(scene.IsOutside ? outside : inside, scene, size);
            }
            catch (Exception e) when (e is PlaywrightException or TimeoutException or Xunit.Sdk.XunitException)
            {
                // The others are looked at as well: one run says all that is wrong.
                _faults.Add($"{scene.Name}-{size}: {e.Message}");
            }
        }

        Assert.True(_faults.Count == 0, string.Join('\n', _faults));
    }

    private async Task LookAsync(Stage stage, Scene scene, string size)
    {
        await stage.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await stage.ShowAsync(scene);
        await Axe.BringAsync(stage.Page);
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var at = $"{scene.Name}-{theme}-{size}".ToLowerInvariant();
            await stage.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await stage.Page.Locator($"html[data-mantine-color-scheme={theme.ToString().ToLowerInvariant()}]").WaitForAsync();
            _faults.AddRange((await Axe.FindAsync(stage.Page)).Select(fault => $"{at}: {fault}"));
            await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{at}.png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        }

        var beyond = await stage.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (beyond > 0)
        {
            _faults.Add($"{scene.Name}-{size}: it is {beyond} pixels wider than the window");
        }

        if (size == "desk")
        {
            _faults.AddRange((await KeyWalk.FindAsync(stage.Page)).Select(fault => $"{scene.Name}: {fault}"));
        }

        _faults.AddRange(stage.Errors().Select(error => $"{scene.Name}-{size}: {error}"));
    }
}
