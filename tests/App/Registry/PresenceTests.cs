using Agents.Contracts.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

[Collection(WholeApp.Name)]
public sealed class PresenceTests(AgentsApp app)
{
    private readonly IRegistryInternal _registry = Fleet.Internal(app);

    [Fact(DisplayName = "Who is reported is online, busy with what runs, and offline when the same process says so")]
    public async Task Online()
    {
        var (admin, instance) = (await app.AdminAsync(), Fleet.NewId("hub"));
        var device = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "a", device_id = device.Id });

        await ReportAsync(instance, Fleet.Seen(PresenceKind.Device, device.Id, "online"), Fleet.Seen(PresenceKind.Agent, agent, "busy", 2));

        var seen = await admin.GetAsync($"/api/v1/agents/{agent}");
        Assert.Equal((true, "busy", 2), (seen.Data.GetProperty("online").GetBoolean(), seen.Text("status"), seen.Data.GetProperty("running").GetInt32()));
        Assert.Equal("online", (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status"));
        Assert.Equal(1, (await admin.GetAsync($"/api/v1/agents?device_id={device.Id}&online=true&status=busy")).Data.GetProperty("total").GetInt32());
        Assert.Contains(agent, (await device.Api.GetAsync("/api/agents")).Data.EnumerateArray().Select(a => a.GetProperty("id").GetString()));
        await ReportAsync(instance, Fleet.Seen(PresenceKind.Device, device.Id, "offline"), Fleet.Seen(PresenceKind.Agent, agent, "offline"));
        Assert.Equal("offline", (await admin.GetAsync($"/api/v1/agents/{agent}")).Text("status"));
        Assert.DoesNotContain(agent, (await device.Api.GetAsync("/api/agents")).Data.EnumerateArray().Select(a => a.GetProperty("id").GetString()));
    }

    [Fact(DisplayName = "Offline counts only from the process that has it, and a late word from the former one changes nothing")]
    public async Task TakenOver()
    {
        var (admin, former, latter) = (await app.AdminAsync(), Fleet.NewId("hub"), Fleet.NewId("hub"));
        var device = await Fleet.EnrolAsync(app, admin);
        var late = Fleet.Seen(PresenceKind.Device, device.Id, "online");
        await ReportAsync(former, late);
        await ReportAsync(latter, Fleet.Seen(PresenceKind.Device, device.Id, "online"));

        await ReportAsync(former, late with { Status = "offline" });
        Assert.Equal("online", await StatusAsync());
        await ReportAsync(former, late);
        Assert.Equal("online", await StatusAsync());
        await ReportAsync(latter, Fleet.Seen(PresenceKind.Device, device.Id, "offline"));
        Assert.Equal("offline", await StatusAsync());
        await ReportAsync(former, late);
        Assert.Equal("offline", await StatusAsync());

        async Task<string> StatusAsync() => (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status");
    }

    [Fact(DisplayName = "A process that falls silent has nobody any more after seven seconds; when it speaks again, all are back")]
    public async Task Silent()
    {
        var (admin, instance) = (await app.AdminAsync(), Fleet.NewId("hub"));
        var device = await Fleet.EnrolAsync(app, admin);
        await ReportAsync(instance, Fleet.Seen(PresenceKind.Device, device.Id, "online"));

        var after = await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status") is "offline", TimeSpan.FromSeconds(15), "it is offline");
        await ReportAsync(instance);

        Assert.InRange(after, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(9));
        Assert.Equal("online", (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status"));
    }

    [Fact(DisplayName = "A heartbeat that says nothing new is written only when the last one is twenty seconds old")]
    public async Task Quiet()
    {
        var (admin, instance) = (await app.AdminAsync(), Fleet.NewId("hub"));
        var entry = Fleet.Seen(PresenceKind.Device, (await Fleet.EnrolAsync(app, admin)).Id, "online") with { LastSeen = TimeProvider.System.GetUtcNow().AddSeconds(-40) };
        await ReportAsync(instance, entry);
        var first = await RowAsync();

        await ReportAsync(instance, entry with { LastSeen = entry.LastSeen.AddSeconds(19) });
        var same = await RowAsync();
        await ReportAsync(instance, entry with { LastSeen = entry.LastSeen.AddSeconds(21) });

        Assert.Equal(first, same);
        Assert.NotEqual(first, await RowAsync());

        async Task<object> RowAsync() => (await Database.SingleAsync(app.App, "registrydb", "SELECT ctid::text || xmax::text FROM presence WHERE id = $1", entry.Id))[0];
    }

    [Fact(DisplayName = "Who is neither a device nor an agent gets no presence, and one bad entry is refused with its reason")]
    public async Task Unknown()
    {
        var id = Fleet.NewId("nobody");

        await ReportAsync(Fleet.NewId("hub"), Fleet.Seen(PresenceKind.Device, id, "online"), Fleet.Seen(PresenceKind.Agent, id, "online"));
        var refused = await Assert.ThrowsAsync<Refit.ApiException>(() => ReportAsync(Fleet.NewId("hub"), Fleet.Seen(PresenceKind.Device, id, "asleep")));

        Assert.Equal(0L, (await Database.SingleAsync(app.App, "registrydb", "SELECT count(*) FROM presence WHERE id = $1", id))[0]);
        Assert.Equal(400, (int)refused.StatusCode);
    }

    private Task ReportAsync(string instance, params PresenceEntry[] entries) =>
        _registry.ReportPresenceAsync(new(instance, entries), TestContext.Current.CancellationToken);
}
