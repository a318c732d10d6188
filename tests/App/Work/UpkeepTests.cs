using System.Globalization;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>An application that keeps little, and not for long.</summary>
public sealed class ForgetfulApp : AgentsApp
{
    public const int MostProgress = 100;

    protected override void Adapt(IDistributedApplicationTestingBuilder builder)
    {
        var scheduler = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "scheduler");
        builder.CreateResourceBuilder(scheduler)
            .WithEnvironment("Work__UpkeepEvery", "00:00:01")
            .WithEnvironment("Work__Retention__Done", "00:00:02")
            .WithEnvironment("Work__MostProgress", MostProgress.ToString(CultureInfo.InvariantCulture));
    }
}

public sealed class UpkeepTests(ForgetfulApp app) : IClassFixture<ForgetfulApp>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "What ended is kept for as long as its state says, and then nothing of it is left")]
    public async Task PerState()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var failed = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        await worker.ErrorAsync(await worker.StartAsync(admin, failed), "no", "failed", retryable: false);
        var done = await admin.SubmitAsync(new { agent_id = worker.AgentId, prompt = "is it noon?" });
        await worker.DoAsync(done);

        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/tasks/{done}")).Status == 404, Limit, "the task that is done is gone");
        await Eventually.TrueAsync(
            async () => (await RowsAsync("SELECT count(*) FROM sessions WHERE first_task = $1", Guid.Parse(done))) is [0L], Limit, "its conversation is gone");
        Assert.Equal([0L, 0L], await RowsAsync("SELECT (SELECT count(*) FROM tasks WHERE id = $1), (SELECT count(*) FROM task_events WHERE task_id = $1)", Guid.Parse(done)));
        Assert.Equal("queued assigned running failed", await admin.StatesAsync(failed));
    }

    [Fact(DisplayName = "A month of which all is old is dropped whole; one with something that lives loses only what is old")]
    public async Task Months()
    {
        var admin = await app.AdminAsync();
        await MonthAsync("2019-03", live: false);
        await MonthAsync("2019-04", live: true);

        await Eventually.TrueAsync(async () => (await RowsAsync("SELECT to_regclass('tasks_201903') IS NULL, to_regclass('task_events_201903') IS NULL")) is [true, true], Limit, "March is gone");
        await Eventually.TrueAsync(async () => (await RowsAsync("SELECT count(*) FROM tasks_201904")) is [1L], Limit, "only what lives is left of April");
        var living = (Guid)(await RowsAsync("SELECT id FROM tasks_201904"))[0];
        Assert.Equal("blocked", (await admin.TaskAsync(living.ToString())).GetProperty("status").GetString());
    }

    [Fact(DisplayName = "Of what an agent says the newest is kept, and all states")]
    public async Task Ring()
    {
        const int Said = 1_000;
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        var task = await worker.StartAsync(admin, id);
        for (var n = 1; n <= Said; n++)
        {
            await worker.SayAsync(task, n, "log", $"line {n}");
        }

        await worker.ErrorAsync(task, "the end", "failed", retryable: false);
        await admin.IsAsync(id, "failed", Limit);
        var kept = (await admin.GetAsync($"/api/v1/tasks/{id}/events?limit=1000")).Data.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["queued", "assigned", "running", "failed"], kept.Where(each => each.GetProperty("kind").GetString() == "state").Select(each => each.GetProperty("status").GetString()));
        var lines = kept.Where(each => each.GetProperty("kind").GetString() == "log").Select(each => each.GetProperty("data").GetString()).ToList();
        Assert.InRange(lines.Count, ForgetfulApp.MostProgress, ForgetfulApp.MostProgress + 256);
        Assert.Equal(Enumerable.Range(Said - lines.Count + 1, lines.Count).Select(n => $"line {n}"), lines);
    }

    [Fact(DisplayName = "A dedup key is forgotten when its window is over")]
    public async Task Keys()
    {
        var admin = await app.AdminAsync();
        var agent = await Registry.Fleet.AgentAsync(admin, new { name = "asleep", token = "a token of its own", concurrency = 1 });
        var first = await admin.SubmitAsync(new { agent_id = agent, dedup_key = "a key", dedup_window = 1 });

        await Eventually.TrueAsync(async () => (await RowsAsync("SELECT count(*) FROM dedup WHERE task_id = $1", Guid.Parse(first))) is [0L], Limit, "the key is gone");
        Assert.NotEqual(first, await admin.SubmitAsync(new { agent_id = agent, dedup_key = "a key" }));
    }

    private Task<object[]> RowsAsync(string sql, params object[] parameters) => Database.SingleAsync(app.App, "schedulerdb", sql, parameters);

    /// <summary>A month of long ago, with three tasks that are done and maybe one that still waits.</summary>
    private Task MonthAsync(string month, bool live) => RowsAsync(
        $"""
        DO $do$
        DECLARE
            begins timestamptz := '{month}-01T00:00:00Z'; name text := '{month.Replace("-", "", StringComparison.Ordinal)}'; id uuid; first uuid; next uuid;
        BEGIN
            first := (lpad(to_hex((extract(epoch FROM begins) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
            next := (lpad(to_hex((extract(epoch FROM begins + interval '1 month') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
            EXECUTE format('CREATE TABLE tasks_%s PARTITION OF tasks FOR VALUES FROM (%L) TO (%L)', name, first, next);
            EXECUTE format('CREATE TABLE outcomes_%s PARTITION OF outcomes FOR VALUES FROM (%L) TO (%L)', name, first, next);
            EXECUTE format('CREATE TABLE task_events_%s PARTITION OF task_events FOR VALUES FROM (%L) TO (%L)', name, first, next);
            FOR n IN 1..{(live ? 4 : 3)} LOOP
                id := (left(first::text, 33) || lpad(n::text, 3, '0'))::uuid;
                INSERT INTO tasks (id, type, priority, run_anyway, max_attempts, backoff, created_by, created_at) VALUES (id, '', 0, false, 1, 1, 'somebody', begins);
                INSERT INTO task_events (task_id, number, kind, status, attempt) VALUES (id, 1, 'state', 'queued', 0);
                IF n <= 3 THEN
                    INSERT INTO outcomes (id, status, attempt, finished_at) VALUES (id, 'done', 1, begins + interval '1 day');
                ELSE
                    INSERT INTO live (id, stage, rank, lane, events, max_attempts, backoff, waits, run_anyway) VALUES (id, 0, 0, 0, 1, 1, 1, 1, false);
                END IF;
            END LOOP;
        END $do$;
        SELECT 1
        """);
}
