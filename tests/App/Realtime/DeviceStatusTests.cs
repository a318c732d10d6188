using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>What pages hear of devices, of those too that carry no agent.</summary>
[Collection(WholeApp.Name)]
public sealed class DeviceStatusTests(AgentsApp app)
{
    private static readonly object[] Figures =
    [
        new { name = "cpu.usage", value = 0.42 }, new { name = "memory.used", value = 6e9 }, new { name = "memory.total", value = 8e9 },
        new { name = "disk.used", value = 10, labels = new { mount = "/" } }, new { name = "disk.total", value = 40, labels = new { mount = "/" } },
    ];

    [Fact(DisplayName = "A page hears that a device comes, how much of it is in use, and that it goes; whoever asks then is told the same")]
    public async Task ComesAndGoes()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);
        await using var page = await app.PersonSocketAsync(admin);
        await using var socket = await app.DeviceSocketAsync(device);

        await page.DeviceAsync(device.Id, "online");
        Assert.Equal("online", (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status"));
        await socket.SendAsync(FrameType.Metrics, new { points = Figures });
        var load = (await page.DeviceAsync(device.Id, "online", said => said.GetProperty("load").ValueKind is JsonValueKind.Object)).GetProperty("load").ToString();
        Assert.Equal("""{"cpu":0.42,"memory":0.75,"disk":0.25}""", load);
        Assert.Equal(load, (await admin.GetAsync($"/api/v1/devices?q={device.Id}")).Data.GetProperty("items")[0].GetProperty("load").ToString());
        await socket.DisposeAsync();
        await page.DeviceAsync(device.Id, "offline");
        var gone = (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Data;
        Assert.Equal(("offline", JsonValueKind.Null), (gone.GetProperty("status").GetString(), gone.GetProperty("load").ValueKind));
    }

    [Fact(DisplayName = "A device's owner hears of it, others without a role for it do not; that it is drained is said to be asked for")]
    public async Task Whose()
    {
        var (admin, owner, other) = (await app.AdminAsync(), await app.PersonAsync("operator"), await app.PersonAsync("user"));
        var device = await Fleet.EnrolAsync(app, owner.Api);
        await admin.PatchAsync($"/api/v1/users/{owner.Id}", new { roles = new[] { "user" } });
        await using var owners = await app.PersonSocketAsync(await app.SignedInAsync(owner.Email, Person.Password));
        await using var others = await app.PersonSocketAsync(other.Api);
        await using var socket = await app.DeviceSocketAsync(device);

        await owners.DeviceAsync(device.Id, "online");
        (await admin.PostAsync($"/api/v1/devices/{device.Id}/drain")).Is(200, 0);
        await owners.NextAsync(FrameType.DeviceStatus, IsStale);
        List<string> heard = [];
        await others.NextAsync(FrameType.DeviceStatus, said =>
        {
            heard.Add(said.ToString());
            return IsStale(said);
        });
        Assert.DoesNotContain(heard, said => said.Contains(device.Id, StringComparison.Ordinal));

        static bool IsStale(JsonElement said) => said.TryGetProperty("stale", out _);
    }
}
