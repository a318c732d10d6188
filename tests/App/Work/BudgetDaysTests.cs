using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>An application whose days are a few seconds long, where budgets are concerned.</summary>
public sealed class ShortDayApp : AgentsApp
{
    public static readonly TimeSpan Day = TimeSpan.FromSeconds(6);

    protected override void Adapt(IDistributedApplicationTestingBuilder builder)
    {
        var scheduler = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "scheduler");
        builder.CreateResourceBuilder(scheduler).WithEnvironment("Work__BudgetDay", Day.ToString());
    }
}

public sealed class BudgetDaysTests(ShortDayApp app) : IClassFixture<ShortDayApp>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact(DisplayName = "When the day is over the next one begins with nothing spent, and what waited goes on")]
    public async Task RollsOver()
    {
        var admin = await app.AdminAsync();
        var (worker, _) = await app.BoundAsync(admin, new { tokens_per_day = 1000 });
        await using var own = worker;
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        var waits = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        await worker.DoneAsync(task, 1200);
        await Eventually.TrueAsync(async () => await DaysAsync(worker) is 1, Limit, "it is counted");
        var day = (DateTime)(await Database.SingleAsync(app.App, "schedulerdb", "SELECT day FROM budget_days WHERE kind = 0 AND id = $1", worker.AgentId))[0];

        await worker.DoAsync(waits);

        Assert.True((await admin.TaskAsync(waits)).GetProperty("started_at").GetDateTimeOffset() >= new DateTimeOffset(day, TimeSpan.Zero) + ShortDayApp.Day);
    }

    private async Task<long> DaysAsync(Worker worker) =>
        (long)(await Database.SingleAsync(app.App, "schedulerdb", "SELECT count(*) FROM budget_days WHERE kind = 0 AND id = $1", worker.AgentId))[0];
}
