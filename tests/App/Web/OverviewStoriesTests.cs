using System.Globalization;
using System.Text.RegularExpressions;
using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

[Collection(WholeApp.Name)]
public sealed class OverviewStoriesTests(AgentsApp app)
{
    /// <summary>Less than the page waits before it asks by itself: the socket has told.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact(DisplayName = "The overview counts an agent that comes while one looks, and the number leads to those that were counted")]
    public async Task Counts()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        await using var admin = await AdminPage.OpenAsync(app, "/");
        var figure = admin.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Agents online") });
        await figure.WaitForAsync();

        var (agent, _) = await device.AgentAsync("echo here");
        await Eventually.TrueAsync(async () => await ShownAsync(figure) == await OnlineAsync(device.Admin), Limit, "the number is the API's");
        var name = (await device.Admin.GetAsync($"/api/v1/agents/{agent}")).Text("name");
        await figure.ClickAsync();

        await admin.Page.WaitForURLAsync("**/agents?status=here");
        await admin.SeesAsync(name);
    }

    private static async Task<long> OnlineAsync(Api api) => (await api.GetAsync("/api/v1/agents?online=true&page_size=1")).Data.GetProperty("total").GetInt64();

    /// <summary>-1 while it is on its way.</summary>
    private static async Task<long> ShownAsync(ILocator figure) =>
        Regex.Match(await figure.InnerTextAsync(), @"Agents online\s+([\d,]+)") is { Success: true } match
            ? long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : -1;
}
