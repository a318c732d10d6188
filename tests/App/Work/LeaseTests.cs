using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>What becomes of work when nothing is heard of who has it.</summary>
public sealed class LeaseTests(HastyApp app) : IClassFixture<HastyApp>
{
    private static readonly TimeSpan Elsewhere = HastyApp.Lease + TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "Work of one that is lost goes to another when its lease is over; its late result is refused, and its program told to stop")]
    public async Task Lost()
    {
        var admin = await app.AdminAsync();
        var (lost, task) = await StartedAsync(admin);
        await lost.DisposeAsync();
        await using var other = await Worker.StartAsync(app, admin, 1, [task.Can]);
        await admin.IsAsync(task.Id, "assigned", Elsewhere);
        var second = await other.NextAsync(task.Id);
        Assert.Equal(2, second.Attempt);
        await other.AcceptAsync(second);
        await admin.IsAsync(task.Id, "running");

        await using var back = await Worker.ConnectAsync(app, lost.AgentId);
        await back.RunningAsync(task.Given);
        await back.CancelAsync(task.Given);
        await back.ResultAsync(task.Given, new { by = "the late one" });
        Assert.Equal((false, "superseded"), await back.AckAsync(task.Given));
        await other.ResultAsync(second, new { by = "the other" });
        Assert.True((await other.AckAsync(second)).Accepted);

        Assert.Equal("the other", (await admin.TaskAsync(task.Id)).GetProperty("result").GetProperty("by").GetString());
        Assert.Equal("queued assigned running queued assigned running done", await admin.StatesAsync(task.Id));
    }

    [Fact(DisplayName = "Who comes back within its lease and says what it works on goes on with it")]
    public async Task ComesBack()
    {
        var admin = await app.AdminAsync();
        var (worker, task) = await StartedAsync(admin);
        await worker.RunningAsync(task.Given);
        await worker.DisposeAsync();

        await using var back = await Worker.ConnectAsync(app, worker.AgentId);
        await using var other = await Worker.StartAsync(app, admin, 1, [task.Can]);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var seconds = 0; seconds < (int)HastyApp.Lease.TotalSeconds * 2; seconds++)
        {
            await back.RunningAsync(task.Given);
            await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await back.ResultAsync(task.Given, new { });
        Assert.True((await back.AckAsync(task.Given)).Accepted);
        Assert.Equal("queued assigned running done", await admin.StatesAsync(task.Id));
    }

    [Fact(DisplayName = "A result whose attempt is the highest counts, also when its lease is over and the task waits for another")]
    public async Task LateAndFirst()
    {
        var admin = await app.AdminAsync();
        var (worker, task) = await StartedAsync(admin, max: 5);
        await worker.DisposeAsync();
        await admin.IsAsync(task.Id, "queued", Elsewhere);
        // Somebody else is to have no part in it.
        var id = worker.AgentId;
        await TakesNoMoreAsync(admin, id, task.Id);

        await using var back = await Worker.ConnectAsync(app, id);
        await back.ResultAsync(task.Given, new { by = "the late one" });

        Assert.True((await back.AckAsync(task.Given)).Accepted);
        Assert.Equal("queued assigned running queued done", await admin.StatesAsync(task.Id));
    }

    [Fact(DisplayName = "What a holder does not name any more is given again at once; what it names after its lease goes on")]
    public async Task Named()
    {
        var admin = await app.AdminAsync();
        var (worker, task) = await StartedAsync(admin, max: 5);
        await worker.RunningAsync();
        var again = await worker.NextAsync(task.Id);
        Assert.Equal(2, again.Attempt);
        await worker.AcceptAsync(again);
        await worker.RunningAsync(again);
        await admin.IsAsync(task.Id, "running");
        (await admin.PatchAsync($"/api/v1/agents/{worker.AgentId}", new { concurrency = 1 })).Is(200, 0);
        await worker.DisposeAsync();
        await admin.IsAsync(task.Id, "queued", Elsewhere);

        await TakesNoMoreAsync(admin, worker.AgentId, task.Id);
        await using var back = await Worker.ConnectAsync(app, worker.AgentId);
        await back.RunningAsync(again);
        await admin.IsAsync(task.Id, "running");
        await back.ResultAsync(again, new { });
        Assert.True((await back.AckAsync(again)).Accepted);
    }

    [Fact(DisplayName = "A task whose attempts were all lost has failed")]
    public async Task LostForGood()
    {
        var admin = await app.AdminAsync();
        var (worker, task) = await StartedAsync(admin, max: 1);
        await worker.DisposeAsync();

        Assert.Equal("device_lost", (await admin.IsAsync(task.Id, "failed", Elsewhere)).GetProperty("error").GetProperty("kind").GetString());
    }

    /// <summary>Scheduler knows it too: it is given nothing anew, however soon it comes back.</summary>
    private static async Task TakesNoMoreAsync(Api admin, string agent, string task)
    {
        (await admin.PatchAsync($"/api/v1/agents/{agent}", new { capabilities = Array.Empty<string>() })).Is(200, 0);
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/tasks/{task}/explain")).Data.GetProperty("agents").EnumerateArray()
                .Any(one => one.GetProperty("agent_id").GetString() == agent && one.GetProperty("reason").GetString() == "lacks_capability"),
            TimeSpan.FromSeconds(10), "it is known");
    }

    private async Task<(Worker Worker, (string Id, string Can, Given Given) Task)> StartedAsync(Api admin, int max = 3)
    {
        var can = Fleet.NewId("can");
        var worker = await Worker.StartAsync(app, admin, 1, [can]);
        var id = await admin.SubmitAsync(new { requires = new { capabilities = new[] { can } }, max_attempts = max });
        var task = await worker.NextAsync(id);
        await worker.AcceptAsync(task);
        await admin.IsAsync(id, "running");
        return (worker, (id, can, task));
    }
}
