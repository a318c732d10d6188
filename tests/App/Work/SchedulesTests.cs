using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using static Agents.Tests.App.Work.ScheduleCalls;

namespace Agents.Tests.App.Work;

/// <summary>Tasks by the clock.</summary>
[Collection(WholeApp.Name)]
public sealed class SchedulesTests(AgentsApp app)
{
    [Fact(DisplayName = "A schedule for every second makes a task each second until it is paused, and goes on from then when it is resumed")]
    public async Task EachSecond()
    {
        var user = (await app.PersonAsync("user")).Api;
        var agent = await Fleet.AgentAsync(await app.AdminAsync(), new { name = "by the clock" });
        var id = await user.ScheduleAsync(new { name = "每秒", cron = EverySecond, task = new { agent_id = agent, prompt = "tick" } });

        await user.FiringsAsync(id, 3);
        Assert.False((await user.DoAsync(id, "pause")).GetProperty("enabled").GetBoolean());
        var before = await user.FiringsAsync(id);
        EachSecondOnce(before);
        var task = await user.TaskAsync(before[0].Text("task_id")!);
        Assert.Equal(("tick", agent), (task.Text("prompt"), task.Text("agent_id")));

        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.Equal(before.Count, (await user.FiringsAsync(id)).Count);
        var resumed = (await user.DoAsync(id, "resume")).GetProperty("next_at").GetDateTimeOffset();
        var after = await user.FiringsAsync(id, before.Count + 2);
        Assert.Equal(resumed, after[before.Count].GetProperty("scheduled_at").GetDateTimeOffset());
        (await user.DeleteAsync($"/api/v1/schedules/{id}")).Is(200, 0);
        (await user.GetAsync($"/api/v1/schedules/{id}")).Is(404, 2001);
    }

    [Fact(DisplayName = "Run now makes a task at once, also of a paused schedule, and once for an Idempotency-Key")]
    public async Task ByHand()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var id = await admin.ScheduleAsync(new { name = "paused", cron = Yearly, enabled = false, task = new { agent_id = worker.AgentId } });

        var first = await admin.PostAsync($"/api/v1/schedules/{id}/run", null, ("Idempotency-Key", id));
        var again = await admin.PostAsync($"/api/v1/schedules/{id}/run", null, ("Idempotency-Key", id));
        var second = await admin.DoAsync(id, "run");

        Assert.Equal(first.Text("task_id"), again.Text("task_id"));
        await worker.DoAsync(first.Text("task_id"));
        await worker.DoAsync(second.Text("task_id"));
        var firings = await admin.FiringsAsync(id, 2);
        Assert.Equal([first.Text("task_id"), second.Text("task_id")], firings.Select(firing => firing.Text("task_id")));
        Assert.All(firings, firing => Assert.True(firing.GetProperty("by_hand").GetBoolean()));
    }

    [Fact(DisplayName = "The preview shows the next ten times on the clocks of the schedule's zone, also where they are changed")]
    public async Task Preview()
    {
        var user = (await app.PersonAsync("user")).Api;
        var agent = await Fleet.AgentAsync(await app.AdminAsync(), new { name = "later" });
        var schedule = new { name = "night", cron = "0 30 2 * * *", time_zone = "Europe/Berlin", start_at = "2027-03-26T12:00:00Z", task = new { agent_id = agent } };

        var asked = await user.PostAsync("/api/v1/schedules/preview", new { schedule.cron, schedule.time_zone, schedule.start_at });
        var stored = await user.GetAsync($"/api/v1/schedules/{await user.ScheduleAsync(schedule)}/preview");
        var short_ = await user.PostAsync("/api/v1/schedules/preview", new { cron = "0 12 * * *", start_at = "2027-01-01T00:00:00Z", end_at = "2027-01-02T12:00:00Z" });

        Assert.Equal(
            ["2027-03-27T02:30:00+01:00", "2027-03-28T03:00:00+02:00", "2027-03-29T02:30:00+02:00"],
            asked.Data.GetProperty("items").EnumerateArray().Take(3).Select(item => item.Text("local")));
        Assert.Equal(10, asked.Data.GetProperty("items").GetArrayLength());
        Assert.Equal(asked.Data.GetRawText(), stored.Data.GetRawText());
        Assert.Equal(["2027-01-01T12:00:00Z", "2027-01-02T12:00:00Z"], short_.Data.GetProperty("items").EnumerateArray().Select(item => item.Text("at")));
    }

    [Fact(DisplayName = "What is wrong with a schedule is said at once, field by field")]
    public async Task Wrong()
    {
        var user = (await app.PersonAsync("user")).Api;
        var agent = await Fleet.AgentAsync(await app.AdminAsync(), new { name = "not yet" });
        var task = new { agent_id = agent };
        Task<Answer> MakeAsync(object schedule) => user.PostAsync("/api/v1/schedules", schedule);

        Assert.Contains("hour", (await MakeAsync(new { name = "x", cron = "0 0 24 * * *", task })).Error("cron"), StringComparison.Ordinal);
        Assert.Contains("never", (await MakeAsync(new { name = "x", cron = "0 0 0 30 2 *", task })).Error("cron"), StringComparison.Ordinal);
        (await MakeAsync(new { name = "x", cron = "0 0 0 1 1 * 2020", task })).Error("cron");
        (await MakeAsync(new { name = "x", cron = Yearly, time_zone = "Mars/Olympus", task })).Error("time_zone");
        (await MakeAsync(new { name = "x", cron = Yearly, timezone = "UTC", task })).Error("timezone");
        (await MakeAsync(new { name = "x", cron = Yearly, misfire_policy = "later", task })).Error("misfire_policy");
        (await MakeAsync(new { name = "x", cron = Yearly, overlap_policy = "later", task })).Error("overlap_policy");
        (await MakeAsync(new { name = "x", cron = Yearly, jitter_seconds = -1, task })).Error("jitter_seconds");
        (await MakeAsync(new { name = "x", cron = Yearly, start_at = "2030-01-01T00:00:00Z", end_at = "2029-01-01T00:00:00Z", task })).Error("end_at");
        (await MakeAsync(new { name = "x", cron = Yearly, task = new { agent_id = "nobody" } })).Error("task.agent_id");
        (await MakeAsync(new { name = "x", cron = Yearly, task = new { agent_id = agent, dedup_key = "k" } })).Error("task.dedup_key");
        var nothing = await MakeAsync(new { });
        Assert.All(["name", "cron", "task"], field => nothing.Error(field));
        (await user.PostAsync("/api/v1/schedules/preview", new { cron = "soon" })).Error("cron");
    }

    [Fact(DisplayName = "A schedule is its owner's and theirs who run the place, and an operator's change lends it none of his rights")]
    public async Task Owned()
    {
        var (admin, user, other) = (await app.AdminAsync(), (await app.PersonAsync("user")).Api, (await app.PersonAsync("user")).Api);
        var agent = await Fleet.AgentAsync(admin, new { name = "open" });
        var hidden = await Fleet.AgentAsync(admin, new { name = "hidden", visibility = "private" });
        var id = await user.ScheduleAsync(new { name = "mine", cron = Yearly, task = new { agent_id = agent } });

        foreach (var (method, path) in new[] { ("GET", ""), ("DELETE", ""), ("GET", "/preview"), ("GET", "/firings"), ("POST", "/pause"), ("POST", "/resume"), ("POST", "/run") })
        {
            (await other.SendAsync(new(method), $"/api/v1/schedules/{id}{path}", null)).Is(404, 2001);
        }

        (await other.PatchAsync($"/api/v1/schedules/{id}", new { name = "yours" })).Is(404, 2001);
        Assert.Equal(0, (await other.GetAsync("/api/v1/schedules")).Data.GetProperty("total").GetInt32());
        Assert.Equal(id, (await user.GetAsync("/api/v1/schedules?q=MIN&enabled=true")).Data.GetProperty("items")[0].Text("id"));
        var changed = await admin.PatchAsync($"/api/v1/schedules/{id}", new { name = "theirs", jitter_seconds = 5 });
        Assert.Equal(("theirs", 5, Yearly), (changed.Text("name"), changed.Data.GetProperty("jitter_seconds").GetInt32(), changed.Text("cron")));
        (await admin.PatchAsync($"/api/v1/schedules/{id}", new { task = new { agent_id = hidden } })).Error("task.agent_id");
        (await admin.PatchAsync($"/api/v1/schedules/{id}", new { cron = "0 0 0 31 11 *" })).Error("cron");
        Assert.Equal(["schedule.created", "schedule.changed"], (await AuditAsync(id)).Split(' '));
    }

    [Fact(DisplayName = "Where the former task has not ended, the next one is left out, waits for it, or runs beside it, as the schedule says")]
    public async Task Overlap()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin, concurrency: 10);
        async Task<string> MakeAsync(string overlap) => await admin.ScheduleAsync(
            new { name = overlap, cron = EverySecond, overlap_policy = overlap, task = new { agent_id = worker.AgentId, type = overlap } });
        var (skip, queue, allow) = (await MakeAsync("skip"), await MakeAsync("queue"), await MakeAsync("allow"));

        await admin.FiringsAsync(skip, 2, "skipped");
        var queued = await admin.FiringsAsync(queue, 2, "fired");
        var beside = await admin.FiringsAsync(allow, 2, "fired");
        foreach (var id in new[] { skip, queue, allow })
        {
            await admin.DoAsync(id, "pause");
        }

        var left = await admin.FiringsAsync(skip);
        Assert.Equal("fired", left[0].Text("status"));
        Assert.All(left.Skip(1), firing => Assert.Contains(left[0].Text("task_id")!, firing.Text("reason"), StringComparison.Ordinal));
        Assert.Equal("blocked", (await admin.TaskAsync(queued[1].Text("task_id")!)).Text("status"));
        Assert.NotEqual("blocked", (await admin.TaskAsync(beside[1].Text("task_id")!)).Text("status"));
        var first = await worker.NextAsync(queued[0].Text("task_id"));
        await worker.AcceptAsync(first);
        await worker.ErrorAsync(first, "it fell over");
        await worker.DoAsync(queued[1].Text("task_id"));
    }

    [Fact(DisplayName = "With jitter each task waits for a while of its own; and a task that is refused is in the history, with its reason")]
    public async Task JitterAndRefusal()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "soon gone" });
        var id = await admin.ScheduleAsync(new { name = "jitter", cron = EverySecond, jitter_seconds = 3600, task = new { agent_id = agent } });

        var fired = await admin.FiringsAsync(id, 3, "fired");
        var waits = new List<double>();
        foreach (var firing in fired)
        {
            var task = await admin.TaskAsync(firing.Text("task_id")!);
            waits.Add((task.GetProperty("not_before").GetDateTimeOffset() - firing.GetProperty("scheduled_at").GetDateTimeOffset()).TotalSeconds);
        }

        Assert.All(waits, wait => Assert.InRange(wait, 0, 3600));
        Assert.Equal(waits.Count, waits.Distinct().Count());
        (await admin.DeleteAsync($"/api/v1/agents/{agent}")).Is(200, 0);
        Assert.Equal("agent_id there is no such agent", (await admin.FiringsAsync(id, 1, "failed"))[0].Text("reason"));
        await admin.DoAsync(id, "pause");
    }

    private async Task<string> AuditAsync(string id) =>
        (string)(await Database.SingleAsync(app.App, "schedulerdb", "SELECT string_agg(action, ' ' ORDER BY id) FROM audit_outbox WHERE target = $1", id))[0];
}
