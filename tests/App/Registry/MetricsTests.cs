using Agents.Contracts.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

[Collection(WholeApp.Name)]
public sealed class MetricsTests(AgentsApp app)
{
    private readonly IRegistryInternal _registry = Fleet.Internal(app);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "Points that were taken are read at once: min, average, max, last and count of each step")]
    public async Task Raw()
    {
        var (admin, at) = (await app.AdminAsync(), TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var device = await Fleet.EnrolAsync(app, admin);
        await WriteAsync([.. Enumerable.Range(0, 10).Select(i => new MetricPoint(device.Id, null, "cpu.usage", i, at.AddMilliseconds(i)))]);

        var item = Assert.Single(await ReadAsync(admin, $"devices/{device.Id}", "cpu.usage", "&step=300&from=" + Query(at.AddMinutes(-5))));

        Assert.Equal((0.0, 4.5, 9.0, 9.0, 10), item);
    }

    [Fact(DisplayName = "A minute reads the same before it is rolled up, after, and when a late point has come; the hours too")]
    public async Task RolledUp()
    {
        var (admin, at) = (await app.AdminAsync(), MinuteBegin(TimeProvider.System.GetUtcNow().AddHours(-3)));
        var device = await Fleet.EnrolAsync(app, admin);
        await WriteAsync([new(device.Id, null, "load", 1, at.AddSeconds(5)), new(device.Id, null, "load", 3, at.AddSeconds(25))]);
        foreach (var late in new[] { false, true })
        {
            if (late)
            {
                await WriteAsync([new(device.Id, null, "load", 8, at.AddSeconds(15))]);
            }

            (double, double, double, double, long) expected = late ? (1, 4, 8, 3, 3) : (1, 2, 3, 3, 2);
            Assert.Equal(expected, Assert.Single(await ReadAsync(admin, $"devices/{device.Id}", "load", "&step=60&from=" + Query(at))));
            await Eventually.TrueAsync(() => IsRolledAsync(at), TimeSpan.FromSeconds(40), "the minute and its hour are rolled up");
            Assert.Equal(expected, Assert.Single(await ReadAsync(admin, $"devices/{device.Id}", "load", "&step=60&from=" + Query(at))));
            Assert.Equal(expected, Assert.Single(await ReadAsync(admin, $"devices/{device.Id}", "load", "&step=3600&from=" + Query(at))));
        }
    }

    [Fact(DisplayName = "An agent's figures are its own; labels tell series apart; the names are listed with their newest values")]
    public async Task Series()
    {
        var (admin, at) = (await app.AdminAsync(), TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var device = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "a", device_id = device.Id });
        await WriteAsync(
        [
            new(device.Id, null, "disk.used", 10, at, new Dictionary<string, string> { ["mount"] = "/" }),
            new(device.Id, null, "disk.used", 20, at, new Dictionary<string, string> { ["mount"] = "/дата", ["kind"] = "x" }),
            new(device.Id, agent, "agent.cpu", 0.5, at),
        ]);

        Assert.Equal(2, Assert.Single(await ReadAsync(admin, $"devices/{device.Id}", "disk.used", "&step=300")).Item5);
        Assert.Equal(20, Assert.Single(await ReadAsync(admin, $"devices/{device.Id}", "disk.used", "&step=300&label=mount:" + Uri.EscapeDataString("/дата"))).Item4);
        Assert.Equal(0.5, Assert.Single(await ReadAsync(admin, $"agents/{agent}", "agent.cpu", "&step=300")).Item4);
        var names = await admin.GetAsync($"/api/v1/devices/{device.Id}/metrics/names");
        Assert.Equal(["10 /", "20 /дата"], names.Data.GetProperty("items").EnumerateArray()
            .Select(item => $"{item.GetProperty("last").GetDouble()} {item.GetProperty("labels").GetProperty("mount").GetString()}").Order());
        Assert.Equal(1, (await admin.GetAsync($"/api/v1/agents/{agent}/metrics/names")).Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "Names count figures that have a value; a device with 5,000 says that it is full, and keeps what it has")]
    public async Task Full()
    {
        var (admin, at) = (await app.AdminAsync(), TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var device = await Fleet.EnrolAsync(app, admin);
        await WriteAsync([new(device.Id, null, "known", 1, at)]);
        Assert.Equal((1, false), await NamesAsync(admin, device));
        await app.SeriesAsync(4_999, device: device.Id);

        await WriteAsync([new(device.Id, null, "known", 2, at), new(device.Id, null, "new", 3, at), new(device.Id, null, "", 4, at)]);

        Assert.Equal((1, true), await NamesAsync(admin, device));
        Assert.Equal(2, Assert.Single(await ReadAsync(admin, $"devices/{device.Id}", "known", "&step=300")).Item5);
        Assert.Empty(await ReadAsync(admin, $"devices/{device.Id}", "new", "&step=300"));
    }

    [Fact(DisplayName = "An agent without a device that has 5,000 figures is full, and no other agent without one is")]
    public async Task FullAlone()
    {
        var (admin, at) = (await app.AdminAsync(), TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var (full, other) = (await Fleet.AgentAsync(admin, new { name = "full" }), await Fleet.AgentAsync(admin, new { name = "other" }));
        await app.SeriesAsync(5_000, agent: full);

        await WriteAsync([new("", full, "new", 1, at), new("", other, "new", 2, at), new("", other, "newer", 3, at)]);

        Assert.Empty(await ReadAsync(admin, $"agents/{full}", "new", "&step=300"));
        Assert.Equal(2, Assert.Single(await ReadAsync(admin, $"agents/{other}", "new", "&step=300")).Item4);
        Assert.True((await admin.GetAsync($"/api/v1/agents/{full}/metrics/names")).Data.GetProperty("full").GetBoolean());
        Assert.False((await admin.GetAsync($"/api/v1/agents/{other}/metrics/names")).Data.GetProperty("full").GetBoolean());
    }

    [Fact(DisplayName = "Who may not see the device or the private agent gets 2001 for its figures")]
    public async Task NotYours()
    {
        var (admin, user) = (await app.AdminAsync(), (await app.PersonAsync("user")).Api);
        var device = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "a", visibility = "private" });

        (await user.GetAsync($"/api/v1/devices/{device.Id}/metrics?name=x")).Is(404, 2001);
        (await user.GetAsync($"/api/v1/agents/{agent}/metrics/names")).Is(404, 2001);
        (await admin.GetAsync($"/api/v1/agents/{agent}/metrics?name=x")).Is(200, 0);
    }

    [Theory(DisplayName = "A question that makes no sense names its field")]
    [InlineData("", "name")]
    [InlineData("name=x&step=0", "step")]
    [InlineData("name=x&step=1&from=2026-01-01T00:00:00Z&to=2020-01-01T00:00:00Z", "to")]
    [InlineData("name=x&from=yesterday", "from")]
    [InlineData("name=x&label=nonsense", "label")]
    public async Task Wrong(string query, string field)
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);

        var answer = await admin.GetAsync($"/api/v1/devices/{device.Id}/metrics?{query}");

        answer.Is(400, 1001);
        Assert.NotEmpty(answer.Error(field));
    }

    private static async Task<(int Total, bool Full)> NamesAsync(Api api, Machine device)
    {
        var names = (await api.GetAsync($"/api/v1/devices/{device.Id}/metrics/names")).Data;
        Assert.Equal(names.GetProperty("total").GetInt32(), names.GetProperty("items").GetArrayLength());
        return (names.GetProperty("total").GetInt32(), names.GetProperty("full").GetBoolean());
    }

    private Task WriteAsync(IReadOnlyList<MetricPoint> points) => _registry.ReportMetricsAsync(new(points), Cancelled);

    private static async Task<List<(double, double, double, double, long)>> ReadAsync(Api api, string whose, string name, string query)
    {
        var answer = await api.GetAsync($"/api/v1/{whose}/metrics?name={name}{query}");
        answer.Is(200, 0);
        return
        [
            .. answer.Data.GetProperty("items").EnumerateArray().Select(item => (
                item.GetProperty("min").GetDouble(), item.GetProperty("avg").GetDouble(), item.GetProperty("max").GetDouble(),
                item.GetProperty("last").GetDouble(), item.GetProperty("count").GetInt64())),
        ];
    }

    private async Task<bool> IsRolledAsync(DateTimeOffset minute) => (long)(await Database.SingleAsync(
        app.App, "registrydb",
        "SELECT (SELECT count(*) FROM metric_dirty_minutes WHERE at = $1) + (SELECT count(*) FROM metric_dirty_hours WHERE at = date_trunc('hour', $1))",
        minute.UtcDateTime))[0] == 0;

    private static DateTimeOffset MinuteBegin(DateTimeOffset at) => new(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, TimeSpan.Zero);

    private static string Query(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O"));
}
