using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

[Collection(WholeApp.Name)]
public sealed class HubPresenceTests(AgentsApp app)
{
    [Fact(DisplayName = "A page hears within a second that an agent came, nothing of a quick reconnect, and of its end after the grace")]
    public async Task Flicker()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "watched", token = "the watched one's secret" });
        await using var page = await HubSocket.PersonAsync(app, admin.Token);
        await page.NextAsync(FrameType.AgentList);

        var first = await HubSocket.AgentAsync(app, agent, "the watched one's secret");
        var since = TimeProvider.System.GetTimestamp();
        await page.NextAsync(FrameType.AgentStatus, status => Concerns(status, "idle") || Concerns(status, "online"));
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        await first.DisposeAsync();
        await using var second = await HubSocket.AgentAsync(app, agent, "the watched one's secret");
        await second.SendAsync(FrameType.AgentStatus, new { agent_id = agent, status = "busy" });
        // Had there been a flicker, it would have come before this.
        var next = await page.NextAsync(FrameType.AgentStatus, status => status.GetProperty("agent_id").GetString() == agent);
        Assert.Equal("busy", next.GetProperty("status").GetString());

        await second.DisposeAsync();
        await page.NextAsync(FrameType.AgentStatus, status => Concerns(status, "offline"));
        await Eventually.TrueAsync(
            async () => !(await admin.GetAsync($"/api/v1/agents/{agent}")).Data.GetProperty("online").GetBoolean(), TimeSpan.FromSeconds(5), "the list says so too");

        bool Concerns(JsonElement status, string state) =>
            status.GetProperty("agent_id").GetString() == agent && status.GetProperty("status").GetString() == state;
    }
}
