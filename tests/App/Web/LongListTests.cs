using Agents.Tests.App.Work;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>Ten thousand devices and a hundred thousand tasks: as quick to scroll and to search as ten.</summary>
public sealed class LongListTests(FilledApp app) : IClassFixture<FilledApp>
{
    [Theory(DisplayName = "A long list is scrolled far down and back without a stop, with a screen's rows there, and what is typed to find finds at once")]
    [InlineData("/devices", "Devices", FilledApp.Devices, "box-07777", "box-07777")]
    [InlineData("/tasks", "Tasks", 10_000, "zanzibar", "Sail to zanzibar")]
    public async Task Long(string path, string label, int rows, string typed, string found)
    {
        await (await app.AdminAsync()).SubmitAsync(new { prompt = "Sail to zanzibar" });
        await using var admin = await AdminPage.OpenAsync(app, path);

        (await Scrolling.ThroughAsync(admin.Page, $"[role=grid][aria-label='{label}']", "[role=row]", 42, rows)).IsSmooth(label);

        await FindsAsync(admin.Page, typed, found);
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

    /// <summary>From the last letter to the row, less what the server took.</summary>
    private static async Task FindsAsync(IPage page, string typed, string found)
    {
        var field = page.GetByRole(AriaRole.Searchbox);
        await field.FocusAsync();
        await field.PressSequentiallyAsync(typed[..^1]);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.EvaluateAsync(
            """
            (found) => { window.shown = new Promise((done) => {
              let typed;
              addEventListener('keydown', () => { typed = performance.now(); }, { once: true, capture: true });
              const look = () => {
                const rows = document.querySelectorAll('[role=grid] [role=rowgroup] [role=row]');
                if (typed === undefined || rows.length === 0 || ![...rows].every((row) => row.textContent.includes(found))) return requestAnimationFrame(look);
                const asked = performance.getEntriesByType('resource').filter(({ name, startTime }) => name.includes('q=') && startTime >= typed).at(-1);
                done(performance.now() - typed - (asked?.duration ?? 0));
              };
              look();
            }); }
            """,
            found);
        await page.Keyboard.PressAsync(typed[^1..]);
        var took = await page.EvaluateAsync<double>("window.shown").WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"'{typed}' is found {took:0} ms after the last letter, besides what the server took");
        Assert.InRange(took, 0, 250);
    }
}
