using System.Diagnostics;
using System.Globalization;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Budgets where there are two replicas of Scheduler, of which one leads.</summary>
public sealed class BudgetReplicasTests(TwoSchedulers app) : IClassFixture<TwoSchedulers>
{
    [Fact(DisplayName = "What was spent before the leader was killed, and is said once more after it, counts once, and who leads now gives out nothing more")]
    public async Task TakenOver()
    {
        var admin = await app.AdminAsync();
        var (worker, post) = await app.BoundAsync(admin, new { tokens_per_day = 1000 }, concurrency: 2);
        await using var own = worker;
        var task = await worker.StartAsync(admin, await admin.SubmitAsync(new { agent_id = worker.AgentId }));
        await worker.UsesAsync(task, 1, 700);
        await admin.SpentAsync($"posts/{post}", 700);
        var leader = (string)(await Database.SingleAsync(app.App, "schedulerdb", "SELECT leader FROM leadership"))[0];
        Process.GetProcessById(int.Parse(leader.Split('/')[1], CultureInfo.InvariantCulture)).Kill();
        await worker.UsesAsync(task, 2, 700);
        await worker.RunningAsync(task);
        await worker.UsesAsync(task, 3, 900);
        await worker.DoneAsync(task, 1000);

        await TwoSchedulers.BothBackAsync(admin);
        var waits = await admin.SubmitAsync(new { agent_id = worker.AgentId });
        await admin.WaitsAsync(worker, waits, "is spent: 1000 of 1000 tokens");
        await admin.SpentAsync($"posts/{post}", 1000);
        (await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { limits = new { tokens_per_day = 2000 } } })).Is(200, 0);
        await worker.DoAsync(waits);
    }
}
