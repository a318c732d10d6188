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

    [Fact(DisplayName = "A flat agent that falls silent is cut with 4408 and offline; one that never says who it is is told so, and cut with 4401")]
    public async Task FlatAgents()
    {
        var (admin, agent) = (await app.AdminAsync(), Fleet.NewId("agent"));
        var device = await Fleet.EnrolAsync(app, admin);
        var port = ServiceProcess.FreePort();
        await using var realtime = await ServiceProcess.StartAsync(
            "Realtime", port,
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("AGENTS_SERVICE_KEY", AgentsApp.ServiceKey), ("Hub__HeartbeatInterval", "00:00:01"), ("Hub__RegisterLimit", "00:00:02"),
            ("ConnectionStrings__realtimedb", (await app.App.GetConnectionStringAsync("realtimedb", TestContext.Current.CancellationToken))!),
            ("services__registry__http__0", app.App.GetEndpoint("registry").ToString()), ("services__identity__http__0", app.App.GetEndpoint("identity").ToString()));
        var address = new Uri($"http://127.0.0.1:{port}");
        await using var never = await HubClient.OpenAsync(address, $"/ws/network?token={device.Api.Token}");
        await using var silent = await HubClient.OpenAsync(address, $"/ws/network?token={device.Api.Token}");
        await using var lively = await HubClient.OpenAsync(address, $"/ws/network?token={device.Api.Token}");
        await silent.RegisteredAsync(agent);
        await lively.RegisteredAsync(Fleet.NewId("agent"));
        await Eventually.TrueAsync(() => IsOnlineAsync(admin, agent), TimeSpan.FromSeconds(5), "it is online");

        while (!silent.Closed.IsCompleted)
        {
            await lively.NextAsync("heartbeat");
            await lively.SayAsync(new { type = "heartbeat" });
        }

        Assert.Equal(4408, await silent.Closed);
        await never.ClosedWithAsync(4401);
        Assert.Equal(1002, (await never.NextAsync("error")).GetProperty("code").GetInt32());
        await lively.AnswersAsync();
        await Eventually.TrueAsync(async () => !await IsOnlineAsync(admin, agent), TimeSpan.FromSeconds(10), "it is offline");
    }

    private static async Task<bool> IsOnlineAsync(Api admin, string agent) =>
        (await admin.GetAsync($"/api/v1/agents/{agent}")).Data.GetProperty("online").GetBoolean();

    private static async Task<bool> IsAsync(Api admin, Machine device, string status) =>
        (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status") == status;
}
