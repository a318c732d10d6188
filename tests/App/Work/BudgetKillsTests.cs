using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Work;

/// <summary>Budgets against kill -9.</summary>
public sealed class BudgetKillsTests(HastyApp app) : IClassFixture<HastyApp>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "A Scheduler that starts anew while Posts says nothing knows what may be spent, and what was")]
    public async Task Remembered()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_day = 1000 }, concurrency: 2);
        await using var own = worker;
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.UsesAsync(task, 1, 700);
        await admin.SpentAsync($"posts/{post}", 700);
        TwoSchedulers.Signal(Parts.Find("Posts"), "STOP");
        try
        {
            Parts.Kill("Scheduler");
            await Parts.BackAsync(app, "scheduler");
            await worker.RunningAsync(task);
            await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/agents/{worker.AgentId}/budget")).Status is 200, Limit, "it is ready");
            await worker.DoneAsync(task, 1100);
            var waits = await admin.SubmitAsync(new { agent_id = worker.AgentId });
            await admin.WaitsAsync(worker, waits, $"agent {worker.AgentId} is spent: 1100 of 1000 tokens");
        }
        finally
        {
            TwoSchedulers.Signal(Parts.Find("Posts"), "CONT");
        }
    }

    [Fact(DisplayName = "A Scheduler that is killed between the word that spends and the stop counts it once when it is back, and stops the work; killed again, it ends it")]
    public async Task KilledBeforeTheStop()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_day = 1000 });
        await using var own = worker;
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        await using (var postgres = NpgsqlDataSource.Create((await app.App.GetConnectionStringAsync("schedulerdb", TestContext.Current.CancellationToken))!))
        await using (var connection = await postgres.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            // As long as somebody has the fold's cursor nothing is counted.
            await using var hold = new NpgsqlCommand("SELECT FROM folded FOR UPDATE", connection);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await worker.UsesAsync(task, 1, 1100);
            await Eventually.TrueAsync(async () => await CountAsync("kind = 'usage'", task) is 1, Limit, "it is stored");
            Parts.Kill("Scheduler");
        }

        await Parts.BackAsync(app, "scheduler");
        await worker.RunningAsync(task);
        await worker.UsesAsync(task, 2, 1100);
        Assert.Equal("budget", (await worker.CancelAsync(task)).Text("reason"));
        Parts.Kill("Scheduler");
        await Parts.BackAsync(app, "scheduler");
        await worker.RunningAsync(task);
        await worker.ErrorAsync(task, "stopped", "canceled");
        Assert.Equal("quota", (await admin.IsAsync(task.Id, "failed", Limit)).GetProperty("error").Text("kind"));
        await admin.SpentAsync($"posts/{post}", 1100);
        Assert.Equal(1, await CountAsync("data ->> 'stopping' = 'true'", task));
    }

    [Fact(DisplayName = "Who is told to stop and is never heard of again has failed by its time, not by its lease: it is not tried again, and its conversation is kept")]
    public async Task NeverHeardOf()
    {
        var admin = await app.AdminAsync();
        var (worker, _) = await app.BoundAsync(admin, new { tokens_per_task = 1000 });
        var talk = Fleet.NewId("talk");
        var first = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.Socket.SendAsync(FrameType.TaskResult, new { task_id = first.Id, attempt = 1, result = new { }, session_id = talk });
        Assert.True((await worker.AckAsync(first)).Accepted);
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId, session_id = talk, max_attempts = 3 }));
        await worker.UsesAsync(task, 1, 1100);
        await worker.CancelAsync(task);
        worker.Socket.Socket.Abort();
        await worker.DisposeAsync();

        Assert.Equal("quota", (await admin.IsAsync(task.Id, "failed", Limit + Limit)).GetProperty("error").Text("kind"));
        Assert.Equal("queued assigned running running failed", await admin.StatesAsync(task.Id));
        await using var again = await Worker.ConnectAsync(app, worker.AgentId);
        (await admin.PostAsync($"/api/v1/tasks/{task.Id}/retry")).Is(200, 0);
        Assert.Equal(talk, (await again.NextAsync(task.Id)).Order.GetProperty("session_id").GetString());
    }

    private async Task<long> CountAsync(string which, Given task) =>
        (long)(await Database.SingleAsync(app.App, "schedulerdb", $"SELECT count(*) FROM task_events WHERE {which} AND task_id = $1", Guid.Parse(task.Id)))[0];
}
