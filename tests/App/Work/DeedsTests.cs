using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>What people do to tasks that are there is in the audit, and what machines do with them is not.</summary>
[Collection(WholeApp.Name)]
public sealed class DeedsTests(AgentsApp app)
{
    [Fact(DisplayName = "Who cancels a task, tries it again, moves it or gives it to a group is in the audit, with what he said of it; what changed nothing is not")]
    public async Task Told()
    {
        var (admin, person, other) = (await app.AdminAsync(), await app.PersonAsync("user"), (await app.PersonAsync("user")).Api);
        var from = await Fleet.AgentAsync(admin, new { name = "asleep" });
        var to = await Fleet.AgentAsync(admin, new { name = "asleep as well" });
        var id = await person.Api.SubmitAsync(new { agent_id = from });

        var canceled = await person.Api.PostAsync($"/api/v1/tasks/{id}/cancel", new { reason = "the wrong book" });
        (await person.Api.PostAsync($"/api/v1/tasks/{id}/cancel")).Is(409, 3001);
        (await person.Api.PostAsync($"/api/v1/tasks/{id}/retry")).Is(200, 0);
        (await other.PostAsync($"/api/v1/tasks/{id}/cancel")).Is(404, 2001);
        (await admin.PostAsync($"/api/v1/tasks/{id}/migrate", new { agent_id = to })).Is(202, 0);
        (await person.Api.PostAsync($"/api/v1/tasks/{id}/group", new { agents = new[] { from, to }, strategy = "first" })).Is(202, 0);
        (await person.Api.PostAsync($"/api/v1/tasks/{id}/group", new { agents = new[] { from } })).Is(409, 3001);
        (await person.Api.PostAsync($"/api/v1/tasks/{id}/cancel")).Is(200, 0);

        var adminId = (await admin.GetAsync("/api/v1/auth/me")).Text("id");
        Assert.Equal(
            [
                $"{person.Id} task.canceled the wrong book", $"{person.Id} task.retried", $"{adminId} task.moved To {to}.",
                $"{person.Id} task.grouped first of {from},{to}", $"{person.Id} task.canceled",
            ],
            await DeedsAsync(id));
        var first = await Database.SingleAsync(app.App, "schedulerdb", "SELECT request_id, address, outcome FROM audit_outbox WHERE target = $1 ORDER BY id LIMIT 1", id);
        Assert.Equal([canceled.RequestId, person.Api.Http.DefaultRequestHeaders.GetValues("X-Forwarded-For").Single(), "ok"], first);
    }

    [Fact(DisplayName = "A task's way from its submit to its result leaves nothing in the audit: its own row says whose it is")]
    public async Task NotTold()
    {
        var admin = await app.AdminAsync();
        await using var worker = await Worker.StartAsync(app, admin);
        var person = await app.PersonAsync("user");
        var id = await person.Api.SubmitAsync(new { agent_id = worker.AgentId });

        await worker.DoAsync(id);

        Assert.Empty(await DeedsAsync(id));
        Assert.Equal(person.Id, (await admin.IsAsync(id, "done")).Text("created_by"));
    }

    [Fact(DisplayName = "What can't be told is not done")]
    public async Task Together()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "asleep" });
        var elsewhere = await Fleet.AgentAsync(admin, new { name = "asleep elsewhere" });
        var (ended, waits) = (await admin.SubmitAsync(new { agent_id = agent }), await admin.SubmitAsync(new { agent_id = agent }));
        (await admin.PostAsync($"/api/v1/tasks/{ended}/cancel")).Is(200, 0);

        await RunAsync(
            $"""
            CREATE FUNCTION untold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'nobody may be told of this'; END $$;
            CREATE TRIGGER untold BEFORE INSERT ON audit_outbox FOR EACH ROW WHEN (NEW.target IN ('{ended}', '{waits}')) EXECUTE FUNCTION untold();
            """);
        try
        {
            (await admin.PostAsync($"/api/v1/tasks/{waits}/cancel")).Is(500, 5000);
            (await admin.PostAsync($"/api/v1/tasks/{waits}/migrate", new { agent_id = elsewhere })).Is(500, 5000);
            (await admin.PostAsync($"/api/v1/tasks/{waits}/group", new { agents = new[] { agent } })).Is(500, 5000);
            (await admin.PostAsync($"/api/v1/tasks/{ended}/retry")).Is(500, 5000);
        }
        finally
        {
            await RunAsync("DROP FUNCTION untold CASCADE;");
        }

        Assert.Equal("queued", await admin.StatesAsync(waits));
        Assert.Equal(agent, (await admin.TaskAsync(waits)).Text("agent_id"));
        Assert.Equal("queued canceled", await admin.StatesAsync(ended));
    }

    /// <summary>In order: who, what, and what is said of it.</summary>
    private async Task<string[]> DeedsAsync(string task) => (string[])(await Database.SingleAsync(
        app.App, "schedulerdb", "SELECT coalesce(array_agg(concat_ws(' ', actor, action, detail) ORDER BY id), '{}') FROM audit_outbox WHERE target = $1", task))[0];

    private async Task RunAsync(string sql) => await Database.SingleAsync(app.App, "schedulerdb", $"{sql} SELECT 1");
}
