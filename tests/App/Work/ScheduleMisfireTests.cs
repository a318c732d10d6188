using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using static Agents.Tests.App.Work.ScheduleCalls;

namespace Agents.Tests.App.Work;

/// <summary>Times that went by while Scheduler was not there.</summary>
public sealed class ScheduleMisfireTests(ScheduleMisfireTests.Impatient app) : IClassFixture<ScheduleMisfireTests.Impatient>
{
    [Fact(DisplayName = "Of times that were missed none, one or each is made up for, as the schedule says, and the history tells of it")]
    public async Task Missed()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "missing" });
        // Three times that come while it sleeps, and then none for most of a minute.
        var first = TimeProvider.System.GetUtcNow().AddSeconds(10);
        var seconds = string.Join(',', new[] { 0, 1, 2 }.Select(n => first.AddSeconds(n).Second));
        Task<string> MakeAsync(string misfire) =>
            admin.ScheduleAsync(new { name = misfire, cron = $"{seconds} * * * * *", misfire_policy = misfire, task = new { agent_id = agent } });
        var (skip, once, all) = (await MakeAsync("skip"), await MakeAsync("once"), await MakeAsync("all"));

        var scheduler = Parts.Find("Scheduler");
        Signal(scheduler, "STOP");
        Assert.True(TimeProvider.System.GetUtcNow() < first, "it sleeps in time");
        await Task.Delay(first.AddSeconds(5) - TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Signal(scheduler, "CONT");

        Assert.Equal(["fired", "fired", "fired"], Statuses(await admin.FiringsAsync(all, 3)));
        var one = await admin.FiringsAsync(once, 2);
        Assert.Equal(["missed", "fired"], Statuses(one));
        Assert.StartsWith("2 times", one[0].Text("reason"), StringComparison.Ordinal);
        var none = await admin.FiringsAsync(skip, 1);
        Assert.Equal(["missed"], Statuses(none));
        Assert.StartsWith("3 times", none[0].Text("reason"), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "A schedule that wants each of its times has a task for each second, and one only, though Scheduler is killed twice meanwhile")]
    public async Task Killed()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "steady" });
        var id = await admin.ScheduleAsync(new { name = "each", cron = EverySecond, misfire_policy = "all", task = new { agent_id = agent } });
        for (var n = 0; n < 2; n++)
        {
            await admin.FiringsAsync(id, 3 * (n + 1));
            Parts.Kill("Scheduler");
            await Parts.BackAsync(app, "scheduler");
        }

        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await admin.DoAsync(id, "pause");
        var firings = await admin.FiringsAsync(id);
        Assert.All(Statuses(firings), status => Assert.Equal("fired", status));
        EachSecondOnce(firings);
        var tasks = (long)(await Database.SingleAsync(app.App, "schedulerdb", $"SELECT count(*) FROM tasks WHERE dedup_key LIKE 'schedule:{id}:%'"))[0];
        Assert.Equal(firings.Count, tasks);
    }

    [Fact(DisplayName = "Of a long history the newest are kept")]
    public async Task History()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "forgetful" });
        var id = await admin.ScheduleAsync(new { name = "by hand", cron = Yearly, enabled = false, task = new { agent_id = agent } });
        var kept = new List<string?>();
        for (var n = 0; n < Impatient.MostHistory + 3; n++)
        {
            kept.Add((await admin.DoAsync(id, "run")).Text("id"));
        }

        await Eventually.TrueAsync(async () => (await admin.FiringsAsync(id)).Count == Impatient.MostHistory, TimeSpan.FromSeconds(10), "the oldest are gone");
        Assert.Equal(kept[3..], (await admin.FiringsAsync(id)).Select(firing => firing.Text("id")));
    }

    private static IEnumerable<string?> Statuses(List<JsonElement> firings) => firings.Select(firing => firing.Text("status"));

    private static void Signal(int pid, string signal) => Process.Start("kill", [$"-{signal}", $"{pid}"]).WaitForExit();

    /// <summary>Whoever is a second late has missed it.</summary>
    public sealed class Impatient : HastyApp
    {
        public const int MostHistory = 60;

        protected override void Adapt(IDistributedApplicationTestingBuilder builder)
        {
            base.Adapt(builder);
            var scheduler = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "scheduler");
            builder.CreateResourceBuilder(scheduler)
                .WithEnvironment("Schedules__Grace", "00:00:01")
                .WithEnvironment("Schedules__HistorySweep", "00:00:01")
                .WithEnvironment("Schedules__MostHistory", MostHistory.ToString(CultureInfo.InvariantCulture));
        }
    }
}
