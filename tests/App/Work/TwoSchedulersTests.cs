using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Two replicas of Scheduler, of which one leads.</summary>
public sealed class TwoSchedulersTests(TwoSchedulers app) : IClassFixture<TwoSchedulers>
{
    private const int Devices = 4;
    private const int Lanes = 2;

    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DoneLimit = TimeSpan.FromSeconds(30);

    [Fact(DisplayName = "A leader that sleeps is followed within 5 s and assigns nothing when it wakes; one that is killed is followed within 5 s; all work is done once")]
    public async Task Followed()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        List<SteadyDevice> devices = [];
        for (var n = 0; n < Devices; n++)
        {
            var machine = await Fleet.EnrolAsync(app, admin);
            await Fleet.AgentAsync(admin, new { name = $"steady {n}", device_id = machine.Id, capabilities = new[] { can } });
            devices.Add(SteadyDevice.Start(app, machine));
        }

        using var enough = new CancellationTokenSource();
        var ids = new ConcurrentBag<string>();
        var submitting = Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => SubmitAsync(admin, $"{lane}", can, ids, enough.Token)));
        await DoneAsync(ids, 20);

        var (asleep, epoch) = await LeaderAsync();
        TwoSchedulers.Signal(asleep, "STOP");
        await FollowedAsync(epoch);
        var before = ids.Count;
        await DoneAsync(ids, before + 20);
        var (leads, _) = await LeaderAsync();
        TwoSchedulers.Signal(asleep, "CONT");
        await DoneAsync(ids, ids.Count + 20);
        Assert.Equal(leads, (await LeaderAsync()).Pid);

        var (killed, second) = await LeaderAsync();
        Process.GetProcessById(killed).Kill();
        await FollowedAsync(second);
        await DoneAsync(ids, ids.Count + 20);

        await enough.CancelAsync();
        await submitting;
        await Eventually.TrueAsync(async () => await CountAsync("SELECT count(*) FROM live") is 0, DoneLimit, "nothing is left to do");
        Assert.Equal(ids.Count, await CountAsync($"SELECT count(*) FROM outcomes WHERE status = 'done' AND id = ANY ('{{{string.Join(',', ids)}}}')"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM (SELECT task_id FROM task_events WHERE status = 'done' GROUP BY task_id HAVING count(*) <> 1) twice"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM (SELECT task_id, attempt FROM task_events WHERE status = 'assigned' GROUP BY task_id, attempt HAVING count(*) <> 1) twice"));
        await Task.WhenAll(devices.Select(device => device.DisposeAsync().AsTask()));
    }

    private static async Task SubmitAsync(Api admin, string lane, string can, ConcurrentBag<string> ids, CancellationToken enough)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            try
            {
                var answer = await admin.PostAsync("/api/v1/tasks", new { requires = new { capabilities = new[] { can } }, input = new { n }, dedup_key = $"{can} {lane} {n}", max_attempts = 100 })
                    .WaitAsync(AnswerLimit, CancellationToken.None);
                if (answer.Status is 202)
                {
                    ids.Add(answer.Text("task_id"));
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or TimeoutException)
            {
                // Its replica sleeps or died: it was not acknowledged.
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task FollowedAsync(long epoch)
    {
        var took = await Eventually.TrueAsync(async () => (await LeaderAsync()).Epoch > epoch, TakeOver, "another one leads");
        TestContext.Current.SendDiagnosticMessage($"followed after {took}");
    }

    private Task DoneAsync(ConcurrentBag<string> ids, int count) => Eventually.TrueAsync(
        async () => await CountAsync("SELECT count(*) FROM outcomes WHERE status = 'done'") >= count, DoneLimit, $"{count} are done, of {ids.Count}");

    private async Task<(int Pid, long Epoch)> LeaderAsync()
    {
        var row = await Database.SingleAsync(app.App, "schedulerdb", "SELECT leader, epoch FROM leadership");
        return (int.Parse(((string)row[0]).Split('/')[1], CultureInfo.InvariantCulture), (long)row[1]);
    }

    private async Task<long> CountAsync(string sql) => (long)(await Database.SingleAsync(app.App, "schedulerdb", sql))[0];
}
