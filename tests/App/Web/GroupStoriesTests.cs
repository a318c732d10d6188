using Agents.Tests.App.Posts;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What people do in groups.</summary>
[Collection(WholeApp.Name)]
public sealed class GroupStoriesTests(AgentsApp app)
{
    [Fact(DisplayName = "A mention is completed as it is written, the agent is told, and what it answers appears by itself")]
    public async Task Chat()
    {
        var api = await app.AdminAsync();
        var (device, agent) = await Sockets.DeviceWithAgentAsync(app, api);
        var name = (await api.GetAsync($"/api/v1/agents/{agent}")).Text("name");
        var made = await api.PostAsync("/api/v1/groups", new { name = $"talk {agent}", members = new[] { $"agent:{agent}" } });
        var group = made.Text("id");
        await using var admin = await AdminPage.OpenAsync(app, $"/groups/{group}");

        var field = admin.Page.GetByRole(AriaRole.Combobox, new() { Name = "Say something" });
        await field.PressSequentiallyAsync($"Are you there, @{name[..2]}");
        await admin.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await field.PressAsync("Enter");
        await field.PressAsync("Enter");
        await admin.Page.GetByRole(AriaRole.Log).GetByText($"@{name}", new() { Exact = true }).WaitForAsync();
        await Eventually.TrueAsync(
            async () => (await api.GetAsync($"/api/v1/agents/{agent}/inbox")).Items().Any(entry => entry.GetProperty("content").GetString()!.StartsWith("Are you there", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(20), "the agent is told");
        (await device.Api.PostAsync($"/api/v1/groups/{group}/messages", new { content = "Here I am", agent_id = agent })).Is(201, 0);

        await admin.SaysAsync("Here I am");
    }
}
