using Agents.Tests.App.Work;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>Ten thousand devices and a hundred thousand tasks: as quick to scroll and to search as ten.</summary>
public sealed class LongListTests(FilledApp app) : IClassFixture<FilledApp>
{
    [Theory(DisplayName = "A long list is scrolled far down and back without a stop, with a screen's rows there, and what is typed to find finds at once")]
    [InlineData("/devices", "Devices", FilledApp.Devices, "box-07777", 10)]
    [InlineData("/tasks", "Tasks", 10_000, "zanzibar", 2)]
    public async Task Long(string path, string label, int rows, string typed, int nearly)
    {
        var api = await app.AdminAsync();
        foreach (var prompt in path == "/tasks" ? ["Sail to zanzibar", "Sail to zanzibal"] : Array.Empty<string>())
        {
            await api.SubmitAsync(new { prompt });
        }

        await using var admin = await AdminPage.OpenAsync(app, path);

        var scrolled = await Scrolling.ThroughAsync(admin.Page, $"[role=grid][aria-label='{label}']", "[role=row]", 42, rows);
        scrolled.IsSmooth(label);

        await FindsAsync(admin.Page, typed, nearly, scrolled.Slowdown);
    }

    [Fact(DisplayName = "A group with 5,000 messages is read back to its first word: what is read keeps its place as older ones come, and new ones wait at the end")]
    public async Task Flooded()
    {
        var api = await app.AdminAsync();
        await using var admin = await AdminPage.OpenAsync(app, "/groups/flooded");
        await admin.SeesAsync($"word {FilledApp.Words}");

        var read = await LogReading.BackAsync(admin.Page, "word 1");
        (await api.PostAsync("/api/v1/groups/flooded/join")).Is(200, 0);
        (await api.PostAsync("/api/v1/groups/flooded/messages", new { content = "the newest" })).Is(201, 0);
        await admin.Page.GetByText("word 1", new() { Exact = true }).WaitForAsync();
        Assert.InRange(read.Mounted, 60, 130);
        Assert.True(read.Jump < 4, $"what was read moved by {read.Jump} px: {read.Where}");
        BrowserPace.IsSmooth($"{FilledApp.Words} messages: {read.Mounted} at once, moved by {read.Jump} px", read.LongTasks, read.Slowdown);

        await admin.PressAsync("To the newest");
        await admin.SeesAsync("the newest");
    }

    [Fact(DisplayName = "Five hundred groups and a group's five hundred members are there as one scrolls, and no more than are seen")]
    public async Task Many()
    {
        await using var admin = await AdminPage.OpenAsync(app, "/groups/flooded");

        (await Scrolling.ThroughAsync(admin.Page, "nav[aria-label='Groups'] > div:has(> ul)", "li", 56, FilledApp.Many)).IsSmooth("groups");
        await admin.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Members$") }).First.ClickAsync();

        (await Scrolling.ThroughAsync(admin.Page, "[role=dialog] div:has(> ul)", "li", 34, FilledApp.Many)).IsSmooth("members");
    }

    /// <summary>From the last letter to the row, less what the server took. Without that letter, some more are found. The goal is 100 ms; half as much again leaves room for a busy moment.</summary>
    private static async Task FindsAsync(IPage page, string typed, int nearly, double slowdown)
    {
        var field = page.GetByRole(AriaRole.Searchbox);
        await field.FocusAsync();
        await field.PressSequentiallyAsync(typed[..^1]);
        await Assertions.Expect(page.Locator("[role=grid] [role=rowgroup] [aria-rowindex]")).ToHaveCountAsync(nearly);
        await page.EvaluateAsync(
            """
            (word) => { window.shown = new Promise((done) => {
              let typed;
              // It keeps 250 of what was asked for, and scrolling asked for more.
              performance.clearResourceTimings();
              addEventListener('keydown', () => { typed = performance.now(); }, { once: true, capture: true });
              const look = () => {
                const rows = document.querySelectorAll('[role=grid] [role=rowgroup] [aria-rowindex]');
                if (typed === undefined || rows.length !== 1 || !rows[0].textContent.includes(word)) return requestAnimationFrame(look);
                subtract(performance.now());
              };
              // The browser notes down what was asked for a moment after it has come.
              const subtract = (seen) => {
                const asked = performance.getEntriesByType('resource').find(({ name, startTime }) => name.includes(`q=${word}`) && startTime >= typed);
                if (asked === undefined) return requestAnimationFrame(() => subtract(seen));
                done(seen - typed - asked.duration);
              };
              look();
            }); }
            """,
            typed);
        await page.Keyboard.PressAsync(typed[^1..]);
        var took = await page.EvaluateAsync<double>("window.shown").WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"'{typed}' is found {took:0} ms after the last letter, besides what the server took");
        Assert.InRange(took / Math.Max(1, slowdown), 0, 150);
    }
}
