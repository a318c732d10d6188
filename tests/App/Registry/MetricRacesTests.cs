using System.Net.Http.Json;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

/// <summary>Figures while another session of the database is in the middle of writing some.</summary>
[Collection(WholeApp.Name)]
public sealed class MetricRacesTests(AgentsApp app)
{
    private const string Name = "raced";

    /// <summary>So many reports are more than one COPY and all that may wait behind it.</summary>
    private const int TooMany = 56;

    private static readonly TimeSpan RolledLimit = TimeSpan.FromSeconds(60);

    private readonly IRegistryInternal _registry = Fleet.Internal(app);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "A point that another writer commits while its minute or hour is rolled up is in the hour")]
    [InlineData(0, -7)]
    [InlineData(1, -8)]
    public async Task RolledUpMeanwhile(int minutesApart, int hours)
    {
        var admin = await app.AdminAsync();
        var (device, at) = (await Fleet.EnrolAsync(app, admin), Hour(hours).AddMinutes(20));
        HeldMarks? held = null;
        var written = 0;
        for (; held is null; written++)
        {
            await _registry.ReportMetricsAsync(new([new(device.Id, null, Name, 1, at)]), Cancelled);
            // The same minute, or one that nobody sees yet while the hour is seen to be dirty.
            held = await HeldMarks.TryHoldAsync(app, device.Id, Name, 8, at.AddMinutes(minutesApart));
        }

        await using (held)
        {
            await held.MetAsync(app);
            await held.CommitAsync();
        }

        await Eventually.TrueAsync(() => IsRolledAsync(at), RolledLimit, "the hour is rolled up");
        var read = await admin.GetAsync($"/api/v1/devices/{device.Id}/metrics?name={Name}&step=3600&from={Uri.EscapeDataString(Hour(hours).ToString("O"))}");
        var item = Assert.Single(read.Data.GetProperty("items").EnumerateArray());
        Assert.Equal((written + 1, 8), (item.GetProperty("count").GetInt32(), item.GetProperty("max").GetInt32()));
    }

    [Fact(DisplayName = "Where more figures come than can be written, 503 says when to try again, and those that were taken are there")]
    public async Task Full()
    {
        var admin = await app.AdminAsync();
        var (device, at) = (await Fleet.EnrolAsync(app, admin), TimeProvider.System.GetUtcNow());
        await _registry.ReportMetricsAsync(new([new(device.Id, null, Name, 1, at)]), Cancelled);
        var held = await HeldMarks.TryHoldAsync(app, device.Id, Name, 8, at);
        Assert.NotNull(held);
        var report = JsonContent.Create(new MetricReport([.. Enumerable.Repeat(new MetricPoint(device.Id, null, Name, 2, at), MetricReport.MaxPoints)]), options: WireJson.Options);
        using var http = Fleet.InternalHttp(app);
        async Task<HttpResponseMessage> SendAsync() => await http.PostAsync("/internal/metrics", new ByteArrayContent(await report.ReadAsByteArrayAsync(Cancelled)) { Headers = { ContentType = new("application/json") } }, Cancelled);

        var sent = Enumerable.Range(0, TooMany).Select(_ => SendAsync()).ToList();
        using var refused = await await Task.WhenAny(sent);
        await using (held)
        {
            await held.CommitAsync();
        }

        Assert.Contains("no room", await refused.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal((503, 1.0), ((int)refused.StatusCode, refused.Headers.RetryAfter?.Delta?.TotalSeconds));
        var taken = (await Task.WhenAll(sent)).Count(answer => answer.IsSuccessStatusCode);
        Assert.InRange(taken, 1, TooMany - 1);
        Assert.Equal((taken * (long)MetricReport.MaxPoints) + 2, (long)(await Database.SingleAsync(
            app.App, "registrydb", "SELECT count(*) FROM metric_points p JOIN metric_series s ON s.id = p.series_id WHERE s.device_id = $1", device.Id))[0]);
    }

    private async Task<bool> IsRolledAsync(DateTimeOffset at) => (long)(await Database.SingleAsync(
        app.App, "registrydb",
        "SELECT (SELECT count(*) FROM metric_dirty_minutes WHERE date_trunc('hour', at) = $1) + (SELECT count(*) FROM metric_dirty_hours WHERE at = $1)",
        at.AddMinutes(-at.Minute).UtcDateTime))[0] == 0;

    private static DateTimeOffset Hour(int ago) => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(ago).ToUnixTimeSeconds() / 3600 * 3600);
}
