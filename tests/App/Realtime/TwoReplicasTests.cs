using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Two processes of Realtime with Redis between them: an application of its own.</summary>
public sealed class TwoReplicasTests
{
    private const int Pages = 4;
    private const int Again = 6;

    [Fact(DisplayName = "With two replicas an agent at either is seen by pages at both, and one device has one connection in all")]
    public async Task Both()
    {
        RedisServer.Required();
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--replicas", "realtime=2", "--admin-password", AgentsApp.AdminPassword, "--no-local-device"], TestContext.Current.CancellationToken);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
        var gateway = app.GetEndpoint("gateway");
        using var http = app.CreateHttpClient("gateway");
        var login = await new Api(http).PostAsync("/api/v1/auth/login", new { email = "admin@localhost", password = AgentsApp.AdminPassword });
        var admin = new Api(http, login.Text("access_token"));
        var enrolled = await new Api(http).PostAsync("/api/v1/devices/register", new { token = await Fleet.TokenAsync(admin), device_id = "roams", hostname = "h", os = "linux", arch = "amd64" });
        var agent = await Fleet.AgentAsync(admin, new { name = "roams along", device_id = "roams" });

        // The gateway takes turns, so both replicas have some of these.
        List<HubClient> pages = [], devices = [];
        for (var n = 0; n < Pages; n++)
        {
            pages.Add(await OpenAsync($"role=client&client_id={n}", admin.Token));
        }

        devices.Add(await OpenAsync("role=device&device_id=roams", enrolled.Text("device_token")));
        await Task.WhenAll(pages.Select(page => page.StatusAsync(agent, "online", TimeSpan.FromSeconds(1))));
        for (var n = 0; n < Again; n++)
        {
            devices.Add(await OpenAsync("role=device&device_id=roams", enrolled.Text("device_token")));
        }

        await Task.WhenAll(devices.SkipLast(1).Select(former => former.ClosedWithAsync(4409)));
        await devices[^1].AnswersAsync();
        Assert.DoesNotContain(pages.SelectMany(page => page.Waiting()), frame => frame.Payload.ToString().Contains("offline", StringComparison.Ordinal));
        await Task.WhenAll(pages.Concat(devices).Select(socket => socket.DisposeAsync().AsTask()));

        async Task<HubClient> OpenAsync(string query, string? bearer) => await (await HubClient.OpenAsync(gateway, $"/ws?{query}", bearer)).JoinedAsync();
    }
}
