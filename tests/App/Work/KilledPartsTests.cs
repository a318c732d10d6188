using System.Collections.Concurrent;
using System.Diagnostics;
using Agents.Tests.App.Hosting;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Work;

/// <summary>The invariants of docs/protocol.md against kill -9. How much of it is said by <see cref="Kills"/>.</summary>
public sealed class KilledPartsTests(KilledPartsTests.Killable app) : IClassFixture<KilledPartsTests.Killable>
{
    private const int Devices = 8;
    private const int AtOnce = 16;

    private static readonly TimeSpan DoneLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BackLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(20);

    private readonly List<SteadyDevice> _devices = [];

    [Fact(DisplayName = "While Schedulers, Realtime, the gateway, PostgreSQL and devices are killed, each task that was acknowledged is done, exactly once")]
    public async Task ExactlyOnce()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        for (var n = 0; n < Devices; n++)
        {
            var machine = await Fleet.EnrolAsync(app, admin);
            await Fleet.AgentAsync(admin, new { name = $"steady {n}", device_id = machine.Id, capabilities = new[] { can }, concurrency = 8 });
            _devices.Add(SteadyDevice.Start(app, machine, Work));
        }

        // Each kill comes in the middle of its share, and no later share is submitted before it.
        var acknowledged = new ConcurrentBag<string>();
        using var mayCome = new SemaphoreSlim(Kills.Share);
        var submitting = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(lane => SubmitAsync(admin, can, lane, mayCome, acknowledged)));
        for (var n = 0; n < Kills.Times; n++)
        {
            var enough = (n * Kills.Share) + (Kills.Share / 2);
            await Eventually.TrueAsync(() => Task.FromResult(acknowledged.Count > enough), BackLimit, $"more than {enough} are submitted");
            await KillAsync(Kills.Part(n), n);
            mayCome.Release(n + 1 < Kills.Times ? Kills.Share : Kills.Tasks);
        }

        await submitting;
        Assert.Equal(Kills.Tasks, acknowledged.Distinct().Count());
        var took = await Eventually.TrueAsync(IsAllDoneAsync, DoneLimit, "nothing is left to do");
        TestContext.Current.SendDiagnosticMessage($"all was done {took} after the last submit");

        Assert.Equal(Kills.Tasks, await CountAsync($"SELECT count(*) FROM outcomes WHERE status = 'done' AND id = ANY ('{{{string.Join(',', acknowledged)}}}')"));
        Assert.Equal(Kills.Tasks, await CountAsync("SELECT count(*) FROM tasks t JOIN outcomes o ON o.id = t.id WHERE (o.result->>'n')::int = (t.input->>'n')::int AND o.status = 'done' AND t.dedup_key IS NOT NULL"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM (SELECT task_id FROM task_events WHERE status = 'done' GROUP BY task_id HAVING count(*) <> 1) twice"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM (SELECT task_id FROM task_events GROUP BY task_id HAVING max(number) <> count(*)) gaps"));
        await Eventually.TrueAsync(() => Task.FromResult(!_devices.Any(device => device.HasSpooled)), DoneLimit, "every result was answered");
        foreach (var device in _devices)
        {
            await device.DisposeAsync();
        }
    }

    /// <summary>What is not acknowledged is submitted again, under the same key.</summary>
    private static async Task SubmitAsync(Api api, string can, int lane, SemaphoreSlim mayCome, ConcurrentBag<string> acknowledged)
    {
        for (var n = lane; n < Kills.Tasks; n += AtOnce)
        {
            await mayCome.WaitAsync(TestContext.Current.CancellationToken);
            string? id;
            while ((id = await TrySubmitAsync(api, can, n)) is null)
            {
                await Eventually.TrueAsync(() => IsHealthyAsync(api), BackLimit, "tasks are taken again");
            }

            acknowledged.Add(id);
        }
    }

    private static async Task<string?> TrySubmitAsync(Api api, string can, int n)
    {
        try
        {
            var answer = await api.PostAsync("/api/v1/tasks", new { requires = new { capabilities = new[] { can } }, input = new { n }, dedup_key = $"{can} {n}", max_attempts = 100 });
            return answer.Status is 202 ? answer.Text("task_id") : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>The gateway answers, and says that a Scheduler can do its work.</summary>
    private static async Task<bool> IsHealthyAsync(Api api)
    {
        try
        {
            return (await TwoSchedulers.HealthAsync(api)).Contains("healthy");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>One that is down just now is waited for: it is killed so many times.</summary>
    private async Task KillAsync(string part, int n)
    {
        if (part is Kills.Device)
        {
            var busiest = _devices[0];
            await Eventually.TrueAsync(() => Task.FromResult((busiest = _devices.MaxBy(device => device.AtWorkOn)!).AtWorkOn > 0), BackLimit, "a device is at work");
            TestContext.Current.SendDiagnosticMessage($"kill {n}: a device at work on {busiest.AtWorkOn}");
            busiest.Kill();
            return;
        }

        IReadOnlyList<int> found = [];
        await Eventually.TrueAsync(() => Task.FromResult((found = Find(part)).Count > 0), BackLimit, $"{part} is there");
        TestContext.Current.SendDiagnosticMessage($"kill {n}: {part}");
        Process.GetProcessById(found[n % found.Count]).Kill();
    }

    private static IReadOnlyList<int> Find(string part) => part is Kills.Postgres
        ? [.. ProcessTree.Below(Environment.ProcessId).Where(id => ProcessTree.CommandLine(id) is var line && line.Contains("postgres", StringComparison.Ordinal) && line.Contains(" -D", StringComparison.Ordinal)).Take(1)]
        : Parts.FindAll(part);

    private async Task<bool> IsAllDoneAsync()
    {
        try
        {
            return await CountAsync("SELECT count(*) FROM live") is 0;
        }
        catch (NpgsqlException)
        {
            // PostgreSQL is not back yet.
            return false;
        }
    }

    private async Task<long> CountAsync(string sql) => (long)(await Database.SingleAsync(app.App, "schedulerdb", sql))[0];

    public sealed class Killable : HastyApp
    {
        protected override IReadOnlyList<string> More => Kills.Schedulers > 1 ? ["--replicas", $"scheduler={Kills.Schedulers}"] : [];

        protected override void Adapt(IDistributedApplicationTestingBuilder builder)
        {
            if (Kills.Schedulers > 1)
            {
                RedisServer.Required();
            }

            base.Adapt(builder);
        }
    }
}
