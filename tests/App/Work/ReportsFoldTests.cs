using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Figures against kill -9.</summary>
public sealed class ReportsFoldTests(HastyApp app) : IClassFixture<HastyApp>
{
    private const int Tasks = 600;
    private const int AtOnce = 50;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact(DisplayName = "600 tasks while Scheduler is killed three times: each is counted once, and is one session")]
    public async Task CountedOnce()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var can = Fleet.NewId("can");
        await Fleet.AgentAsync(admin, new { name = "steady", device_id = machine.Id, capabilities = new[] { can }, concurrency = 8 });
        await using var device = SteadyDevice.Start(app, machine);
        for (var n = 0; n < Tasks; n += AtOnce)
        {
            await Eventually.TrueAsync(() => SubmitAsync(admin, can, n), Limit, $"{n} are submitted");
            if (n is 100 or 300 or 500)
            {
                await Eventually.TrueAsync(async () => await CountAsync("SELECT coalesce(sum(done), 0)::bigint FROM work_rollups") > 0, Limit, "some are counted");
                Parts.Kill("Scheduler");
            }
        }

        await Eventually.TrueAsync(
            async () => await CountAsync("SELECT count(*) FROM live") is 0 && await CountAsync("SELECT coalesce(sum(done), 0)::bigint FROM work_rollups WHERE level = 0") >= Tasks, Limit, "all are counted");

        // Whoever would count some twice does it within two rounds.
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        foreach (var level in new[] { 0, 1, 3, 4, 5, 6, 7, 8, 9 })
        {
            Assert.Equal(Tasks, await CountAsync($"SELECT sum(done)::bigint FROM work_rollups WHERE level = {level}"));
            Assert.Equal(Tasks, await CountAsync($"SELECT sum(entry & ((1::bigint << 40) - 1))::bigint FROM work_rollups, unnest(runs) AS entry WHERE level = {level}"));
        }

        Assert.Equal(Tasks, await CountAsync("SELECT count(*) FROM sessions"));
        Assert.Equal(Tasks, await CountAsync("SELECT sum(tasks)::bigint FROM sessions"));
        Assert.Equal(Tasks, (await admin.GetAsync("/api/v1/reports/work?group_by=day")).Data.GetProperty("sum").GetProperty("done").GetInt32());
    }

    /// <summary>Under keys, so that what was stored before a kill is not stored again after it.</summary>
    private static async Task<bool> SubmitAsync(Api api, string can, int from)
    {
        try
        {
            var tasks = Enumerable.Range(from, AtOnce).Select(n => new
            {
                prompt = $"number {n}",
                input = new { n },
                requires = new { capabilities = new[] { can } },
                dedup_key = $"{can} {n}",
                max_attempts = 100,
            });
            return (await api.PostAsync("/api/v1/tasks/batch", new { tasks })).Status is 202;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task<long> CountAsync(string sql) => (long)(await Database.SingleAsync(app.App, "schedulerdb", sql))[0];
}
