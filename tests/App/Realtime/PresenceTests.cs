using System.Diagnostics;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Who is there, as a page sees it.</summary>
[Collection(WholeApp.Name)]
public sealed class PresenceTests(AgentsApp app)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "A page sees an agent come within a second, no flicker when it reconnects, and its going after the grace")]
    public async Task ComesAndGoes()
    {
        var admin = await app.AdminAsync();
        var (returns, agent) = await Sockets.DeviceWithAgentAsync(app, admin);
        var (goes, lost) = await Sockets.DeviceWithAgentAsync(app, admin);
        await using var page = await app.PersonSocketAsync(admin);
        var former = await app.DeviceSocketAsync(returns);
        await page.StatusAsync(agent, "online", Soon);
        await using (await app.DeviceSocketAsync(goes))
        {
            await page.StatusAsync(lost, "online", Soon);
            await former.DisposeAsync();
        }

        var gone = Stopwatch.StartNew();
        await using var again = await app.DeviceSocketAsync(returns);
        // By then the grace of the one that came back would have been over, too.
        await page.NextAsync(FrameType.AgentStatus, said =>
        {
            Assert.NotEqual(agent, said.GetProperty("agent_id").GetString());
            return said.GetProperty("agent_id").GetString() == lost && said.GetProperty("status").GetString() == "offline";
        });
        Assert.InRange(gone.Elapsed, Grace - Soon, Grace + Soon);
    }

    [Fact(DisplayName = "What a device says of its agents in a heartbeat is seen: busy, and idle again")]
    public async Task BusyAndIdle()
    {
        var admin = await app.AdminAsync();
        var (machine, agent) = await Sockets.DeviceWithAgentAsync(app, admin);
        await using var device = await app.DeviceSocketAsync(machine);
        await using var page = await app.PersonSocketAsync(admin);

        await device.SendAsync("heartbeat", new { agents = new[] { new { agent_id = agent, status = "online", running = 2 } } });
        Assert.Equal(2, (await page.StatusAsync(agent, "busy", Soon)).GetProperty("running").GetInt32());
        await device.SendAsync("heartbeat", new { agents = new[] { new { agent_id = agent, status = "idle", running = 0 } } });
        await page.StatusAsync(agent, "idle", Soon);
        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/agents/{agent}")).Text("status") is "idle", Soon + Soon, "Registry knows");
    }

    [Fact(DisplayName = "A private agent is seen by its owner and by operators, never by others")]
    public async Task Private()
    {
        var (admin, other) = (await app.AdminAsync(), await app.PersonAsync("user"));
        var (machine, hidden) = await Sockets.DeviceWithAgentAsync(app, admin, visibility: "private");
        var shown = await Fleet.AgentAsync(admin, new { name = "shown", device_id = machine.Id });
        await using var mine = await app.PersonSocketAsync(admin);
        await using var theirs = await app.PersonSocketAsync(other.Api);

        await using var device = await app.DeviceSocketAsync(machine);

        await mine.StatusAsync(hidden, "online", Soon);
        await theirs.NextAsync(FrameType.AgentList, list => Ids(list).Contains(shown) && !Ids(list).Contains(hidden));
        await theirs.StatusAsync(shown, "online");
        Assert.DoesNotContain(theirs.Waiting(), frame => frame.Payload.ToString().Contains(hidden, StringComparison.Ordinal));
        await using var watching = await app.SocketAsync($"/api/v1/agents/{hidden}/ws", other.Api.Token);
        await watching.ClosedWithAsync(4403);
    }

    [Theory(DisplayName = "When Realtime or Registry is killed, the API tells the truth again within 10 s of its return")]
    [InlineData("realtime")]
    [InlineData("registry")]
    public async Task Killed(string part)
    {
        var admin = await app.AdminAsync();
        var (stays, agent) = await Sockets.DeviceWithAgentAsync(app, admin);
        var (goes, lost) = await Sockets.DeviceWithAgentAsync(app, admin);
        await using var first = await app.DeviceSocketAsync(stays);
        var second = await app.DeviceSocketAsync(goes);
        await Eventually.TrueAsync(async () => await OnlineAsync(admin, agent) && await OnlineAsync(admin, lost), Grace, "both are there");

        Parts.Kill(part);
        await second.DisposeAsync();
        await Parts.BackAsync(app, part);
        await using var again = await app.DeviceSocketAsync(stays);

        await Eventually.TrueAsync(
            async () => await OnlineAsync(admin, agent) && !await OnlineAsync(admin, lost), TimeSpan.FromSeconds(10), "the truth is told again");
        Assert.Equal("online", (await admin.GetAsync($"/api/v1/devices/{stays.Id}")).Text("status"));
        Assert.Equal("offline", (await admin.GetAsync($"/api/v1/devices/{goes.Id}")).Text("status"));
    }

    private static async Task<bool> OnlineAsync(Api api, string agent) =>
        await api.GetAsync($"/api/v1/agents/{agent}") is { Status: 200 } answer && answer.Data.GetProperty("online").GetBoolean();

    private static IEnumerable<string?> Ids(JsonElement list) => list.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("id").GetString());
}
