using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>The daemon and the whole application, from enrolment to deletion.</summary>
[Collection(WholeApp.Name)]
public sealed class WholeDaemonTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string _device = $"box-{Guid.NewGuid():N}"[..16];

    private string Server => app.App.GetEndpoint("gateway").ToString().TrimEnd('/');

    [Fact(DisplayName = "A device is online while its daemon runs and carries its agents; deleted it is refused, and enrolled again it is back")]
    public async Task Life()
    {
        await using var ccc = new Ccc();
        var admin = await app.AdminAsync();
        await EnrolAsync(ccc, admin);
        var agent = (await admin.PostAsync("/api/v1/agents", new { name = $"a-{_device}", type = "claude", device_id = _device })).Text("id");
        ccc.WriteConfig("agent: {collect_interval: 1}\nlabels: {site: cellar}");
        var daemon = ccc.Start("daemon");

        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/devices/{_device}")).Text("status") is "online", Limit, "it is online");
        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/agents/{agent}")).Data.GetProperty("online").GetBoolean(), Limit, "its agent is online");
        Assert.Equal(agent, (await ccc.RunAsync("status", "--json")).Is(0).Json.GetProperty("daemon").GetProperty("agents")[0].GetProperty("id").GetString());
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/devices/{_device}")).Data.GetProperty("labels").TryGetProperty("site", out _), Limit, "the server knows the new label");
        (await admin.DeleteAsync($"/api/v1/devices/{_device}")).Is(200, 0);
        await StateIsAsync(ccc, "refused");

        await EnrolAsync(ccc, admin);
        await StateIsAsync(ccc, "connected");

        await daemon.TerminateAsync();
        (await daemon.EndedAsync(Limit)).Is(0);
        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/devices/{_device}")).Text("status") is "offline", Limit, "it is offline");
    }

    private async Task EnrolAsync(Ccc ccc, Api admin)
    {
        var token = (await admin.PostAsync("/api/v1/devices/tokens", new { device_id = _device })).Text("token");
        (await ccc.RunAsync("connect", "--token", token, "--server", Server, "--device-id", _device)).Is(0);
    }

    private static Task StateIsAsync(Ccc ccc, string state) => Eventually.TrueAsync(
        async () => (await ccc.RunAsync("status", "--json")).Json.GetProperty("daemon").GetProperty("state").GetString() == state, Limit, $"it is {state}");
}
