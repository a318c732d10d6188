using System.Collections.Concurrent;
using System.Diagnostics;
using Agents.Tests.App.Hosting;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Work;

/// <summary>The invariants of docs/protocol.md against kill -9.</summary>
public sealed class KilledPartsTests(HastyApp app) : IClassFixture<HastyApp>
{
    private const int Tasks = 2_000;
    private const int Devices = 8;
    private const int AtOnce = 16;

    private static readonly TimeSpan DoneLimit = TimeSpan.FromSeconds(60);

    [Fact(DisplayName = "2,000 tasks while Scheduler, Realtime, the gateway and PostgreSQL are killed: each that was acknowledged is done, exactly once")]
    public async Task ExactlyOnce()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        List<SteadyDevice> devices = [];
        for (var n = 0; n < Devices; n++)
        {
            var machine = await Fleet.EnrolAsync(app, admin);
            await Fleet.AgentAsync(admin, new { name = $"steady {n}", device_id = machine.Id, capabilities = new[] { can }, concurrency = 8 });
            devices.Add(SteadyDevice.Start(app, machine));
        }

        var acknowledged = new ConcurrentBag<string>();
        var submitting = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(lane => SubmitAsync(admin, can, lane, acknowledged)));
        foreach (var (part, after) in new[] { ("Scheduler", 0.1), ("Realtime", 0.3), ("Gateway", 0.5), ("postgres", 0.7), ("Scheduler", 0.9) })
        {
            await Eventually.TrueAsync(() => Task.FromResult(acknowledged.Count > after * Tasks), DoneLimit, $"{after:P0} are submitted");
            Kill(part);
        }

        await submitting;
        Assert.Equal(Tasks, acknowledged.Distinct().Count());
        await Eventually.TrueAsync(IsAllDoneAsync, DoneLimit, "nothing is left to do");

        Assert.Equal(Tasks, await CountAsync($"SELECT count(*) FROM outcomes WHERE status = 'done' AND id = ANY ('{{{string.Join(',', acknowledged)}}}')"));
        Assert.Equal(Tasks, await CountAsync("SELECT count(*) FROM tasks t JOIN outcomes o ON o.id = t.id WHERE (o.result->>'n')::int = (t.input->>'n')::int AND o.status = 'done' AND t.dedup_key IS NOT NULL"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM (SELECT task_id FROM task_events WHERE status = 'done' GROUP BY task_id HAVING count(*) <> 1) twice"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM (SELECT task_id FROM task_events GROUP BY task_id HAVING max(number) <> count(*)) gaps"));
        foreach (var device in devices)
        {
            await device.DisposeAsync();
        }
    }

    /// <summary>What is not acknowledged is submitted again, under the same key.</summary>
    private static async Task SubmitAsync(Api api, string can, int lane, ConcurrentBag<string> acknowledged)
    {
        for (var n = lane; n < Tasks; n += AtOnce)
        {
            for (string? id = null; id is null;)
            {
                id = await TrySubmitAsync(api, can, n);
                if (id is not null)
                {
                    acknowledged.Add(id);
                }
                else
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
                }
            }
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

    private static void Kill(string part)
    {
        if (part != "postgres")
        {
            Parts.Kill(part);
            return;
        }

        var server = ProcessTree.Below(Environment.ProcessId).First(id => ProcessTree.CommandLine(id).Contains("postgres", StringComparison.Ordinal) && ProcessTree.CommandLine(id).Contains(" -D", StringComparison.Ordinal));
        Process.GetProcessById(server).Kill();
    }

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
}
