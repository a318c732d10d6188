using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

[Collection(WholeApp.Name)]
public sealed class DevicesTests(AgentsApp app)
{
    [Fact(DisplayName = "An operator lists devices by label, pool, capability, status and text, page by page")]
    public async Task Lists()
    {
        var admin = await app.AdminAsync();
        var (one, two, pool) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin), Guid.NewGuid().ToString("N"));
        (await admin.PatchAsync($"/api/v1/devices/{one.Id}", new { labels = new { zone = "north", gpu = "a:b" }, pool, concurrency = 3 })).Is(200, 0);
        (await admin.PatchAsync($"/api/v1/devices/{two.Id}", new { labels = new { zone = "south" }, pool })).Is(200, 0);

        Assert.Equal([one.Id, two.Id], await IdsAsync($"pool={pool}"));
        Assert.Equal([one.Id], await IdsAsync($"pool={pool}&label=zone:north"));
        Assert.Equal([one.Id], await IdsAsync($"pool={pool}&label=gpu:a:b"));
        Assert.Equal([two.Id], await IdsAsync($"pool={pool}&label=zone=south"));
        Assert.Equal([one.Id], await IdsAsync($"pool={pool}&label=gpu"));
        Assert.Empty(await IdsAsync($"pool={pool}&label=zone:north&label=zone:south"));
        Assert.Equal([two.Id], await IdsAsync($"pool={pool}&page=2&page_size=1"));
        Assert.Equal([one.Id, two.Id], await IdsAsync($"pool={pool}&capability=git&status=offline"));
        Assert.Empty(await IdsAsync($"pool={pool}&capability=cooking"));
        Assert.Equal([two.Id], await IdsAsync($"q={two.Id[..20].ToUpperInvariant()}"));
        (await admin.GetAsync("/api/v1/devices?status=gone")).Is(400, 1001);
        (await admin.GetAsync("/api/v1/devices?q=%00")).Is(400, 1001);

        async Task<string[]> IdsAsync(string query) =>
            [.. (await admin.GetAsync($"/api/v1/devices?{query}")).Data.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetString()!)];
    }

    [Fact(DisplayName = "A person without a role for it sees only the devices that are his")]
    public async Task Owners()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("operator"));
        var (others, his) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, person.Api));
        await admin.PatchAsync($"/api/v1/users/{person.Id}", new { roles = new[] { "user" } });
        await Eventually.TrueAsync(async () => (await person.Api.GetAsync("/api/v1/auth/me")).Status is 401, TimeSpan.FromSeconds(5), "the old roles end");
        var now = await app.SignedInAsync(person.Email, Person.Password);

        var list = await now.GetAsync("/api/v1/devices");

        Assert.Equal(his.Id, Assert.Single(list.Data.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        (await now.GetAsync($"/api/v1/devices/{his.Id}")).Is(200, 0);
        (await now.GetAsync($"/api/v1/devices/{others.Id}")).Is(404, 2001);
        (await now.DeleteAsync($"/api/v1/devices/{his.Id}")).Is(403, 1003);
    }

    [Fact(DisplayName = "A device is drained and resumed, and both are in the audit")]
    public async Task Drain()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);

        var drained = await admin.PostAsync($"/api/v1/devices/{device.Id}/drain");
        var resumed = await admin.PostAsync($"/api/v1/devices/{device.Id}/resume");

        Assert.True(drained.Data.GetProperty("draining").GetBoolean());
        Assert.False(resumed.Data.GetProperty("draining").GetBoolean());
        var entry = await Database.SingleAsync(app.App, "registrydb", "SELECT action, target FROM audit_outbox WHERE request_id = $1", drained.RequestId);
        Assert.Equal(["device.drained", device.Id], entry);
        (await admin.PostAsync("/api/v1/devices/none/drain")).Is(404, 2001);
    }

    [Fact(DisplayName = "A deleted device's token is dead at once, its agents stay without a device, and its id is free")]
    public async Task Delete()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "a", device_id = device.Id });

        (await admin.DeleteAsync($"/api/v1/devices/{device.Id}")).Is(200, 0);

        (await device.Api.GetAsync("/api/v1/agents")).Is(401, 1002);
        Assert.Null((await admin.GetAsync($"/api/v1/agents/{agent}")).Data.GetProperty("device_id").GetString());
        (await admin.DeleteAsync($"/api/v1/devices/{device.Id}")).Is(404, 2001);
        (await Fleet.RegisterAsync(app, await Fleet.TokenAsync(admin), device.Id)).Is(200, 0);
    }
}
