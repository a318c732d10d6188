using Agents.Contracts.Registry;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Against a Realtime of its own, whose heartbeat is a second and not half a minute.</summary>
[Collection(WholeApp.Name)]
public sealed class SilenceTests(AgentsApp app)
{
    [Fact(DisplayName = "Who answers heartbeats stays; who misses three is cut with 4408, and is offline after the grace")]
    public async Task ThreeMissed()
    {
        var admin = await app.AdminAsync();
        var (silent, lively) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var port = ServiceProcess.FreePort();
        await using var realtime = await ServiceProcess.StartAsync(
            "Realtime", port,
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("AGENTS_SERVICE_KEY", AgentsApp.ServiceKey), ("Hub__HeartbeatInterval", "00:00:01"),
            ("ConnectionStrings__realtimedb", (await app.App.GetConnectionStringAsync("realtimedb", TestContext.Current.CancellationToken))!),
            ("services__registry__http__0", app.App.GetEndpoint("registry").ToString()), ("services__identity__http__0", app.App.GetEndpoint("identity").ToString()));
        var address = new Uri($"http://127.0.0.1:{port}");
        await using var one = await HubClient.OpenAsync(address, $"/ws?role=device&device_id={silent.Id}", silent.Api.Token);
        await using var other = await HubClient.OpenAsync(address, $"/ws?role=device&device_id={lively.Id}", lively.Api.Token);
        await Eventually.TrueAsync(() => IsAsync(admin, silent, PresenceStatus.Online), TimeSpan.FromSeconds(5), "it is online");

        while (!one.Closed.IsCompleted)
        {
            await other.NextAsync("heartbeat");
            await other.SendAsync("heartbeat", new { agents = Array.Empty<object>() });
        }

        Assert.Equal(4408, await one.Closed);
        Assert.False(other.Closed.IsCompleted);
        await Eventually.TrueAsync(() => IsAsync(admin, silent, PresenceStatus.Offline), TimeSpan.FromSeconds(10), "it is offline");
        Assert.True(await IsAsync(admin, lively, PresenceStatus.Online));
    }

    private static async Task<bool> IsAsync(Api admin, Machine device, string status) =>
        (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status") == status;
}
