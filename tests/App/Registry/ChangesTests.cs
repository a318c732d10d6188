using System.Diagnostics;
using System.Net.Http.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

[Collection(WholeApp.Name)]
public sealed class ChangesTests(AgentsApp app)
{
    private readonly IRegistryInternal _registry = Fleet.Internal(app);

    [Fact(DisplayName = "Every change of agents and devices is in the feed, in order, with the agent as it is now")]
    public async Task Told()
    {
        var (admin, last) = (await app.AdminAsync(), await LastAsync());
        var device = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "a", device_id = device.Id, token = "secret" });
        await admin.SendAsync(HttpMethod.Put, $"/api/v1/agents/{agent}", JsonContent.Create(new { token = "another" }));
        await admin.PostAsync($"/api/v1/devices/{device.Id}/drain");
        await admin.DeleteAsync($"/api/v1/devices/{device.Id}");
        await admin.PatchAsync($"/api/v1/agents/{agent}", new { name = "b" });

        var told = (await _registry.GetChangesAsync(last, 0, TestContext.Current.CancellationToken)).Items.Where(c => c.Id == agent || c.Id == device.Id).ToList();

        Assert.Equal(
            [
                ChangeKind.DeviceSaved, ChangeKind.AgentSaved, ChangeKind.AgentSaved, ChangeKind.AgentTokenEnded, ChangeKind.DeviceSaved,
                ChangeKind.AgentSaved, ChangeKind.DeviceTokenEnded, ChangeKind.DeviceSaved, ChangeKind.AgentSaved,
            ],
            told.Select(c => c.Kind));
        // It is gone by now, and that is what all of them say.
        Assert.All(told.Where(c => c.Kind is ChangeKind.DeviceSaved), change => Assert.Null(change.Device));
        Assert.Equal("b", told[1].Agent!.Name);
        Assert.Equal(told[3].TokenVersion, told[1].Agent!.TokenVersion);
        Assert.Equal(told.Select(c => c.Seq).Order(), told.Select(c => c.Seq));
    }

    [Fact(DisplayName = "The whole fleet is told page by page, and a device that changes is told as it is now")]
    public async Task WholeFleet()
    {
        var (admin, last) = (await app.AdminAsync(), await LastAsync());
        var device = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "a", device_id = device.Id });
        await admin.PatchAsync($"/api/v1/devices/{device.Id}", new { concurrency = 7, labels = new { zone = "eu" } });

        List<DeviceFacts> devices = [];
        List<KnownAgent> agents = [];
        for (var (page, first) = ((FleetPage?)null, true); first || page!.Next is not null; first = false)
        {
            page = await _registry.GetFleetAsync(page?.Next, TestContext.Current.CancellationToken);
            devices.AddRange(page.Devices);
            agents.AddRange(page.Agents);
        }

        Assert.Equal((7, "eu", false), devices.Where(d => d.Id == device.Id).Select(d => (d.Concurrency, d.Labels["zone"], d.Draining)).Single());
        Assert.Equal(device.Id, agents.Single(a => a.Id == agent).DeviceId);
        var told = (await _registry.GetChangesAsync(last, 0, TestContext.Current.CancellationToken)).Items.Last(c => c.Id == device.Id);
        Assert.Equal((ChangeKind.DeviceSaved, 7), (told.Kind, told.Device!.Concurrency));
    }

    [Fact(DisplayName = "Who waits for a change is told within a second, and who waits in vain gets an empty page in time")]
    public async Task LongPoll()
    {
        var (admin, last) = (await app.AdminAsync(), await LastAsync());
        var waiting = _registry.GetChangesAsync(last, 20, TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        await Fleet.AgentAsync(admin, new { name = "a" });
        var page = await waiting;
        var (took, none) = (watch.Elapsed, await _registry.GetChangesAsync(long.MaxValue, 20, TestContext.Current.CancellationToken));

        Assert.NotEmpty(page.Items);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.True(none.Items.Count == 0 && none.Last < long.MaxValue && none.First <= none.Last);
    }

    [Fact(DisplayName = "A device that is enrolled anew has a newer token than what ended, also after it was deleted")]
    public async Task Versions()
    {
        var (admin, last) = (await app.AdminAsync(), await LastAsync());
        var device = await Fleet.EnrolAsync(app, admin);
        await admin.DeleteAsync($"/api/v1/devices/{device.Id}");
        var again = await Fleet.RegisterAsync(app, await Fleet.TokenAsync(admin), device.Id);

        var ended = (await _registry.GetChangesAsync(last, 0, TestContext.Current.CancellationToken)).Items.Single(c => c.Kind is ChangeKind.DeviceTokenEnded && c.Id == device.Id);
        var known = await _registry.AuthenticateDeviceAsync(new(again.Text("device_token")), TestContext.Current.CancellationToken);

        Assert.True(known.TokenVersion > ended.TokenVersion);
    }

    [Fact(DisplayName = "A device says what is new of it; the same again is written nowhere")]
    public async Task Update()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);
        await admin.PatchAsync($"/api/v1/devices/{device.Id}", new { labels = new { zone = "north", old = "1" } });
        var update = new DeviceUpdate(["codex"], new Dictionary<string, string> { ["gpu"] = "yes", ["old"] = "" }, "2.0");

        await _registry.UpdateDeviceAsync(device.Id, update, TestContext.Current.CancellationToken);
        var now = await admin.GetAsync($"/api/v1/devices/{device.Id}");
        await _registry.UpdateDeviceAsync(device.Id, update, TestContext.Current.CancellationToken);

        Assert.Equal(("2.0", "codex"), (now.Text("version"), now.Data.GetProperty("capabilities")[0].GetString()));
        Assert.Equal(["gpu", "zone"], now.Data.GetProperty("labels").EnumerateObject().Select(label => label.Name).Order());
        Assert.Equal(now.Text("updated_at"), (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("updated_at"));
        await Fleet.NotFoundAsync(_registry.UpdateDeviceAsync("none", update, TestContext.Current.CancellationToken));
    }

    [Fact(DisplayName = "Nobody but our services is told anything of this")]
    public async Task Internal()
    {
        var admin = await app.AdminAsync();
        using var http = app.App.CreateHttpClient("registry");
        foreach (var path in new[] { "/internal/changes?after=0&wait=0", "/internal/agents/none" })
        {
            Assert.Equal(401, (int)(await new Api(http).RawAsync(HttpMethod.Get, path)).StatusCode);
            Assert.Equal(403, (int)(await new Api(http, admin.Token).RawAsync(HttpMethod.Get, path)).StatusCode);
        }
    }

    private async Task<long> LastAsync() => (await _registry.GetChangesAsync(long.MaxValue, 0, TestContext.Current.CancellationToken)).Last;
}
