using Agents.Tests.App.Registry;

namespace Agents.Tests.App.Work;

/// <summary>Attempts that nobody accepts in time, that take too long, and that fail.</summary>
public sealed class AttemptLimitsTests(HastyApp app) : IClassFixture<HastyApp>
{
    [Fact(DisplayName = "A task that nobody accepts goes to another, which was no attempt; the late accept is told to stop, and its place is taken until it says so")]
    public async Task Unaccepted()
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        await using var slow = await Worker.StartAsync(app, admin, 1, [can]);
        var id = await admin.SubmitAsync(new { requires = new { capabilities = new[] { can } }, max_attempts = 1 });
        var task = await slow.NextAsync(id);
        await using var other = await Worker.StartAsync(app, admin, 1, [can]);

        var second = await other.NextAsync(id);
        await other.AcceptAsync(second);
        await slow.CancelAsync(task);
        await slow.AcceptAsync(task);
        await slow.CancelAsync(task);
        var next = await admin.SubmitAsync(new { agent_id = slow.AgentId });
        await slow.NothingAsync();
        await slow.ErrorAsync(task, "it has ended", "canceled");
        Assert.Equal(next, (await slow.NextAsync()).Id);
        await other.ResultAsync(second, new { });
        Assert.True((await other.AckAsync(second)).Accepted);
    }

    [Fact(DisplayName = "Who accepts too late, and stops as he was told, ends his program and not the task: it comes again")]
    public async Task AcceptedTooLate()
    {
        var admin = await app.AdminAsync();
        await using var slow = await Worker.StartAsync(app, admin, 1);
        var id = await admin.SubmitAsync(new { agent_id = slow.AgentId, max_attempts = 1 });
        var task = await slow.NextAsync(id);
        await slow.CancelAsync(task);
        await slow.AcceptAsync(task);
        await slow.ErrorAsync(task, "stopped", "canceled");

        var again = await slow.NextAsync(id);
        Assert.Equal(2, again.Attempt);
        await slow.AcceptAsync(again);
        await slow.ResultAsync(again, new { });
        Assert.True((await slow.AckAsync(again)).Accepted);
    }

    [Fact(DisplayName = "An attempt that takes too long is stopped and tried again, until its attempts are used up")]
    public async Task TooLong()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin, 2);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, timeout = 1, max_attempts = 2, retry = new { backoff = 0 } });
        foreach (var attempt in new[] { 1, 2 })
        {
            var task = await worker.NextAsync(id);
            Assert.Equal(attempt, task.Attempt);
            await worker.AcceptAsync(task);
            await worker.CancelAsync(task);
            await worker.ErrorAsync(task, "stopped", "canceled");
        }

        Assert.Equal("timeout", (await admin.IsAsync(id, "failed")).GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact(DisplayName = "Who stops what took too long, as he was told, ends his program and not the task: it is tried again")]
    public async Task StoppedAndTriedAgain()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin, 1);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, timeout = 1, max_attempts = 2, retry = new { backoff = 0 } });
        var task = await worker.NextAsync(id);
        await worker.AcceptAsync(task);
        await worker.CancelAsync(task);
        await worker.ErrorAsync(task, "stopped", "canceled");

        Assert.Equal((false, "ended"), await worker.AckAsync(task));
        Assert.Equal(2, (await worker.DoAsync(id)).Attempt);
        Assert.Equal("queued assigned running queued assigned running done", await admin.StatesAsync(id));
    }

    [Fact(DisplayName = "An attempt that failed is one that was tried, also where nobody said that it was accepted")]
    public async Task FailedUnaccepted()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin, 1);
        var id = await admin.SubmitAsync(new { agent_id = worker.AgentId, max_attempts = 2, retry = new { backoff = 0 } });
        foreach (var attempt in new[] { 1, 2 })
        {
            var task = await worker.NextAsync(id);
            Assert.Equal(attempt, task.Attempt);
            await worker.ErrorAsync(task, "it does not work", "crashed");
            Assert.True((await worker.AckAsync(task)).Accepted);
        }

        await admin.IsAsync(id, "failed");
    }
}
