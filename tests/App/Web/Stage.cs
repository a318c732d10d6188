using System.Collections.Concurrent;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>A window of the admin, as large as a desk's or a phone's, that says when all of a page is there.</summary>
internal sealed class Stage
{
    private const float Limit = 20_000;

    private const string Missing =
        """
        () => document.querySelector('h1') === null ? 'its title'
            : document.querySelector('[aria-busy=true], .mantine-Skeleton-root')?.outerHTML ?? (document.fonts.status === 'loaded' ? '' : 'its fonts')
        """;

    private readonly IPage _page;
    private readonly List<string> _errors = [];
    private readonly ConcurrentDictionary<IRequest, bool> _asked = new();

    private Stage(IPage page)
    {
        _page = page;
        page.Request += (_, request) => _asked[request] = true;
        page.RequestFinished += (_, request) => _asked.TryRemove(request, out var _);
        page.RequestFailed += (_, request) => _asked.TryRemove(request, out var _);
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page => _page;

    public static async Task<Stage> OpenAsync(IBrowser browser, AgentsApp app, int width, int height, bool signedIn)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = app.App.GetEndpoint("gateway").ToString(),
            Locale = "en",
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(Limit);
        var stage = new Stage(await context.NewPageAsync());
        if (signedIn)
        {
            await stage._page.GotoAsync("/sign-in");
            await stage._page.FillAsync("[name=email]", "admin@localhost");
            await stage._page.FillAsync("[name=password]", AgentsApp.AdminPassword);
            await stage._page.ClickAsync("button:has-text('Sign in')");
            await stage._page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        }

        return stage;
    }

    public async Task ShowAsync(Scene scene)
    {
        // What the page before asks for up to its end is never heard of again.
        await _page.GotoAsync("about:blank");
        _asked.Clear();
        await _page.GotoAsync(scene.Address);
        await SettleAsync();
        if (scene.Open is not null)
        {
            await scene.Open(_page);
        }

        if (scene.Sees is not null)
        {
            await _page.GetByText(scene.Sees).Filter(new() { Visible = true }).First.WaitForAsync();
        }

        await SettleAsync();
    }

    /// <summary>Nothing is on its way any more.</summary>
    public async Task SettleAsync()
    {
        var (quiet, missing) = (0, "");
        // Twice in a row: what has come may show something that asks for more.
        await Eventually.TrueAsync(
            async () =>
            {
                missing = _asked.IsEmpty ? await _page.EvaluateAsync<string>(Missing) : $"answers of {string.Join(", ", _asked.Keys.Select(request => request.Url))}";
                quiet = missing.Length == 0 ? quiet + 1 : 0;
                return quiet == 2;
            },
            TimeSpan.FromMilliseconds(Limit), () => $"all of {_page.Url} is there, but for {missing}");
    }

    /// <summary>What went wrong in the page since it was asked last.</summary>
    public IReadOnlyList<string> Errors()
    {
        string[] errors = [.. _errors];
        _errors.Clear();
        return errors;
    }
}
