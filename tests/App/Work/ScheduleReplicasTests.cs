using System.Diagnostics;
using System.Text.Json;
using Agents.Tests.App.Hosting;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Npgsql;
using static Agents.Tests.App.Work.ScheduleCalls;

namespace Agents.Tests.App.Work;

/// <summary>Schedules of two replicas that die, fall asleep, or have nowhere to write.</summary>
public sealed class ScheduleReplicasTests(TwoSchedulers app) : IClassFixture<TwoSchedulers>
{
    private const int Schedules = 4;

    private static readonly TimeSpan Asleep = TimeSpan.FromSeconds(7);

    [Fact(DisplayName = "Each second has its one task, and none was missed, though each replica is killed, and each sleeps for a while")]
    public async Task DeadAndAsleep()
    {
        var admin = await app.AdminAsync();
        var ids = await MakeAsync(admin, "once");
        foreach (var replica in TwoSchedulers.Replicas())
        {
            await GoesOnAsync(admin, ids);
            Process.GetProcessById(replica).Kill();
            await GoesOnAsync(admin, ids);
            await TwoSchedulers.BothBackAsync(admin);
        }

        foreach (var replica in TwoSchedulers.Replicas())
        {
            TwoSchedulers.Signal(replica, "STOP");
            await Task.Delay(Asleep, TestContext.Current.CancellationToken);
            TwoSchedulers.Signal(replica, "CONT");
            await GoesOnAsync(admin, ids);
        }

        await AllFiredAsync(admin, ids);
    }

    [Fact(DisplayName = "A replica that falls asleep while it fires a schedule holds up the other one for a few seconds, and no time is missed")]
    public async Task AsleepInTheMiddle()
    {
        var admin = await app.AdminAsync();
        var ids = await MakeAsync(admin, "once");
        await GoesOnAsync(admin, ids);
        int sleeper;
        await using (var connection = new NpgsqlConnection(await app.App.GetConnectionStringAsync("schedulerdb", TestContext.Current.CancellationToken)))
        {
            // The row is ours, one of the two stands in line for it; then it is given to one that sleeps.
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var row = new NpgsqlCommand("SELECT FROM schedules WHERE id = $1 FOR UPDATE", connection) { Parameters = { new() { Value = ids[0] } } };
            await row.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            long port = 0;
            await Eventually.TrueAsync(
                async () => (port = await CountAsync(
                    "SELECT coalesce(max(client_port), 0)::bigint FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT * FROM schedules%FOR UPDATE%'")) > 0,
                Asleep, "somebody stands in line");
            sleeper = ReplicaAt(port);
            TwoSchedulers.Signal(sleeper, "STOP");
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }

        await Task.Delay(Asleep, TestContext.Current.CancellationToken);
        TwoSchedulers.Signal(sleeper, "CONT");
        await AllFiredAsync(admin, ids);
    }

    [Fact(DisplayName = "Each second has its one task, though PostgreSQL is killed, and a replica with it")]
    public async Task NowhereToWrite()
    {
        var admin = await app.AdminAsync();
        var ids = await MakeAsync(admin, "all");
        await GoesOnAsync(admin, ids);
        Kill("postgres", " -D");
        await GoesOnAsync(admin, ids);
        Kill("postgres", " -D");
        Process.GetProcessById(TwoSchedulers.Replicas()[1]).Kill();
        await GoesOnAsync(admin, ids);
        await TwoSchedulers.BothBackAsync(admin);
        await AllFiredAsync(admin, ids);
    }

    [Fact(DisplayName = "Where Quartz has no tables schedules go on by the slower clock, and when it has them again it wakes us at the second")]
    public async Task NoQuartz()
    {
        var admin = await app.AdminAsync();
        var ids = await MakeAsync(admin, "once");
        await GoesOnAsync(admin, ids);
        await CountAsync("ALTER TABLE qrtz_locks RENAME TO locks_elsewhere; SELECT 1::bigint");
        await GoesOnAsync(admin, ids);
        await GoesOnAsync(admin, ids);
        await CountAsync("ALTER TABLE locks_elsewhere RENAME TO qrtz_locks; SELECT 1::bigint");
        var took = await Eventually.TrueAsync(
            async () => (await admin.FiringsAsync(ids[0])).TakeLast(3).All(firing => Late(firing) < TimeSpan.FromSeconds(0.5)), TimeSpan.FromMinutes(1), "it is woken in time");
        TestContext.Current.SendDiagnosticMessage($"woken again after {took}");
        await AllFiredAsync(admin, ids);
    }

    [Fact(DisplayName = "What Quartz could not write down it is told again, and until then the service says that it goes by the slower clock")]
    public async Task ToldAgain()
    {
        var admin = await app.AdminAsync();
        await TwoSchedulers.BothBackAsync(admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "asleep" });
        await CountAsync("ALTER TABLE qrtz_locks RENAME TO locks_elsewhere; SELECT 1::bigint");
        var id = await admin.ScheduleAsync(new { name = "rare", cron = Yearly, task = new { agent_id = agent } });
        await HealthIsAsync("degraded");
        await CountAsync("ALTER TABLE locks_elsewhere RENAME TO qrtz_locks; SELECT 1::bigint");
        await HealthIsAsync("healthy");
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM qrtz_triggers WHERE trigger_group = '{id}'"));

        Task HealthIsAsync(string status) => Eventually.TrueAsync(
            async () => (await TwoSchedulers.HealthAsync(admin)) is var replicas && (status is "degraded" ? replicas.Contains(status) : replicas.All(each => each == status)),
            Asleep + Asleep, $"it is {status}");
    }

    /// <summary>Whose end of a connection has this port.</summary>
    private static int ReplicaAt(long port)
    {
        var inode = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(columns => columns[1].EndsWith($":{port:X4}", StringComparison.Ordinal))[9];
        return TwoSchedulers.Replicas().Single(
            replica => Directory.EnumerateFiles($"/proc/{replica}/fd").Any(file => new FileInfo(file).LinkTarget == $"socket:[{inode}]"));
    }

    private static async Task<List<string>> MakeAsync(Api admin, string misfire)
    {
        var agent = await Fleet.AgentAsync(admin, new { name = "asleep" });
        List<string> ids = [];
        for (var n = 0; n < Schedules; n++)
        {
            ids.Add(await admin.ScheduleAsync(new { name = $"each {n}", cron = EverySecond, misfire_policy = misfire, task = new { agent_id = agent } }));
        }

        return ids;
    }

    /// <summary>Another three times of each; whoever dies just now may take an answer with it.</summary>
    private static async Task GoesOnAsync(Api admin, IReadOnlyList<string> ids)
    {
        var from = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    var rows = new List<bool>();
                    foreach (var id in ids)
                    {
                        var found = await admin.GetAsync($"/api/v1/schedules/{id}/firings");
                        rows.Add(found.Status is 200 && found.Data.GetProperty("items").EnumerateArray().Count(firing => firing.GetProperty("scheduled_at").GetDateTimeOffset() > from) >= 3);
                    }

                    return rows.All(row => row);
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(40), "three more times");
    }

    private async Task AllFiredAsync(Api admin, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            await admin.DoAsync(id, "pause");
            var firings = await admin.FiringsAsync(id);
            TestContext.Current.SendDiagnosticMessage($"{firings.Count} firings; late by {firings.Average(firing => Late(firing).TotalSeconds):0.00} s, at most {firings.Max(Late).TotalSeconds:0.00} s");
            Assert.All(firings, firing => Assert.True(firing.Text("status") is "fired", $"{firing}"));
            EachSecondOnce(firings);
            Assert.Equal(firings.Count, await CountAsync($"SELECT count(*) FROM tasks WHERE dedup_key LIKE 'schedule:{id}:%'"));
        }
    }

    private static TimeSpan Late(JsonElement firing) => firing.GetProperty("fired_at").GetDateTimeOffset() - firing.GetProperty("scheduled_at").GetDateTimeOffset();

    private static void Kill(string name, string argument)
    {
        var process = ProcessTree.Below(Environment.ProcessId).First(id => ProcessTree.CommandLine(id) is var line && line.Contains(name, StringComparison.Ordinal) && line.Contains(argument, StringComparison.Ordinal));
        Process.GetProcessById(process).Kill();
    }

    private async Task<long> CountAsync(string sql) => (long)(await Database.SingleAsync(app.App, "schedulerdb", sql))[0];
}
