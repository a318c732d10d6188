using System.Diagnostics;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

[Collection(WholeApp.Name)]
public sealed class MetricNamesTests(AgentsApp app)
{
    [Fact(DisplayName = "Five thousand figures without a value are passed over by keys, where another has two hundred thousand points")]
    public async Task WithoutValues()
    {
        var admin = await app.AdminAsync();
        var (busy, empty) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        // With it comes its hour's partition.
        await Fleet.Internal(app).ReportMetricsAsync(new([new(busy.Id, null, "busy", 1, TimeProvider.System.GetUtcNow())]), TestContext.Current.CancellationToken);
        await Database.SingleAsync(
            app.App, "registrydb",
            """
            WITH points AS (
                INSERT INTO metric_points (series_id, at, value)
                SELECT s.id, date_trunc('hour', p.at) + n * interval '1 ms', n
                FROM metric_series s JOIN metric_points p ON p.series_id = s.id CROSS JOIN generate_series(1, 200000) n WHERE s.device_id = $1 RETURNING 1
            ) SELECT count(*) FROM points
            """,
            busy.Id);
        // What others have is known to the planner, and what has just come is not.
        await using (var postgres = Npgsql.NpgsqlDataSource.Create((await app.App.GetConnectionStringAsync("registrydb", TestContext.Current.CancellationToken))!))
        {
            await using var analyze = postgres.CreateCommand("ANALYZE metric_points, metric_series");
            await analyze.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await app.SeriesAsync(5_000, device: empty.Id);

        var watch = Stopwatch.StartNew();
        var names = await admin.GetAsync($"/api/v1/devices/{empty.Id}/metrics/names");

        names.Is(200, 0);
        Assert.Equal((0, true), (names.Data.GetProperty("total").GetInt32(), names.Data.GetProperty("full").GetBoolean()));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
