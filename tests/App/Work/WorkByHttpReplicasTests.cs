
namespace Agents.Tests.App.Work;

/// <summary>Who asks for a task by HTTP reaches any replica of Scheduler, and only one of them gives it out.</summary>
public sealed class WorkByHttpReplicasTests(TwoSchedulers app) : IClassFixture<TwoSchedulers>
{
    private const int Tasks = 40;

    [Fact(DisplayName = "Whichever of two Schedulers is asked, the leader gives the task, and the whole work can be done through either")]
    public async Task Either()
    {
        var admin = await app.AdminAsync();
        await TwoSchedulers.BothBackAsync(admin);
        var agent = await HttpAgent.MakeAsync(app, admin, 2);
        for (var n = 0; n < Tasks; n++)
        {
            var id = await admin.SubmitAsync(new { agent_id = agent.Id, input = new { n } });
            var task = await agent.TakeAsync(id);
            Assert.True((await agent.ProgressAsync(task, 1, "here")).GetProperty("accepted").GetBoolean());
            (await agent.AcceptAsync(id)).Is(409, 3001);
            Assert.True((await agent.ResultAsync(task, new { n })).Accepted);
            Assert.Equal("queued assigned running done", await admin.StatesAsync(id));
        }
    }
}
