using System.Text.Json;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

/// <summary>Versions on their way, with devices that do as a script says.</summary>
[Collection(WholeApp.Name)]
public sealed class RolloutsTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "A canary that fails goes back by itself, and what it failed is done by those with the old version")]
    public async Task FailingCanary()
    {
        var troupe = await Troupe.MakeAsync(app, await app.AdminAsync(), agents: 4);
        await using var crew = await Crew.StartAsync(app, troupe.Machine, version => new(Fails: version == 2));
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(1) == 4), Limit, "all have the old version");

        var id = await troupe.RollOutAsync(new { steps = new[] { 25, 100 }, tasks = 5 });
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(2) == 1), Limit, "one has the new version");
        var ended = await troupe.WorkUntilAsync(id, rollout => State(rollout) != "running", "it has ended");

        Assert.Equal(("back", 1), (State(ended), await troupe.ReleasedAsync()));
        Assert.Contains("tasks failed with the new version", ended.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, true), (Number(ended, "new", "done"), Number(ended, "new", "failed") >= 1));
        Assert.Equal(0, Number(ended, "old", "failed"));
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(1) == 4), Limit, "all have the old version again");
        Assert.Contains("rollout.taken_back", await AuditAsync(id));
    }

    [Fact(DisplayName = "A version that holds goes on by itself, step by step, until all have it")]
    public async Task HoldingVersion()
    {
        var troupe = await Troupe.MakeAsync(app, await app.AdminAsync(), agents: 4);
        await using var crew = await Crew.StartAsync(app, troupe.Machine, _ => new());
        var id = await troupe.RollOutAsync(new { steps = new[] { 25, 50 }, tasks = 4 });

        var first = await troupe.WorkUntilAsync(id, rollout => rollout.GetProperty("step").GetInt32() >= 1, "it takes its second step");
        Assert.Equal(2, first.GetProperty("agents").GetArrayLength());
        var ended = await troupe.WorkUntilAsync(id, rollout => State(rollout) != "running", "it has ended");

        Assert.Equal(("done", 2), (State(ended), await troupe.ReleasedAsync()));
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(2) == 4), Limit, "all have the new version");
        Assert.Equal([25, 50, 100], ended.GetProperty("steps").EnumerateArray().Select(step => step.GetInt32()));
        Assert.Equal(2, (await AuditAsync(id)).Count(action => action is "rollout.started" or "rollout.advanced"));
        Assert.Contains("rollout.done", await AuditAsync(id));
    }

    [Fact(DisplayName = "A version that does well and costs too much goes back")]
    public async Task DearVersion()
    {
        var troupe = await Troupe.MakeAsync(app, await app.AdminAsync(), agents: 2);
        await using var crew = await Crew.StartAsync(app, troupe.Machine, version => new(Cost: version == 2 ? 0.2 : 0.1));
        var id = await troupe.RollOutAsync(new { steps = new[] { 50 }, tasks = 4, cost_rise = 50 });

        var ended = await troupe.WorkUntilAsync(id, rollout => State(rollout) != "running", "it has ended");

        Assert.Equal(("back", 1), (State(ended), await troupe.ReleasedAsync()));
        Assert.Equal("A task costs 0.2 USD with the new version, and 0.1 with the old one: more than 50 % above.", ended.GetProperty("reason").GetString());
    }

    [Fact(DisplayName = "What an agent does before its device has said that it has the new version counts for neither")]
    public async Task NotSaid()
    {
        var troupe = await Troupe.MakeAsync(app, await app.AdminAsync(), agents: 2);
        await using var crew = await Crew.StartAsync(app, troupe.Machine, _ => new(), silentOn: 2);
        var id = await troupe.RollOutAsync(new { steps = new[] { 50 }, tasks = 1 });
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(2) == 1), Limit, "one has the new version");

        await troupe.WorkUntilAsync(id, rollout => Number(rollout, "old", "done") >= 8 && crew.Played.ContainsKey(2), "the others are counted");
        var counted = await troupe.WorkUntilAsync(id, rollout => Number(rollout, "old", "done") >= 16, "the others are counted further");

        Assert.Equal(("running", 0, 0), (State(counted), Number(counted, "new", "done"), Number(counted, "new", "failed")));
    }

    [Fact(DisplayName = "By hand: it waits, goes on and back when told to, and who changes the post meanwhile changes nobody's version")]
    public async Task ByHand()
    {
        var troupe = await Troupe.MakeAsync(app, await app.AdminAsync(), agents: 4);
        await using var crew = await Crew.StartAsync(app, troupe.Machine, version => new(Fails: version == 2));
        var (api, path) = (troupe.Api, $"/api/v1/posts/{troupe.Post}");
        var id = await troupe.RollOutAsync(new { steps = new[] { 25, 50 }, automatic = false, tasks = 3 });

        var judged = await troupe.WorkUntilAsync(id, rollout => Number(rollout, "new", "failed") >= 3, "it has been judged");
        Assert.Equal(("running", 0), (State(judged), judged.GetProperty("step").GetInt32()));
        (await api.PostAsync($"{path}/rollouts", new { })).Is(409, 3002);
        (await api.PutAsync(path, new { template = new { role_prompt = "third" }, release = true })).Is(409, 3002);
        var third = await api.PutAsync(path, new { template = new { role_prompt = "third" } });
        Assert.Equal((3, 1), (third.Data.GetProperty("version").GetInt32(), third.Data.GetProperty("released").GetInt32()));

        var further = await api.PostAsync($"{path}/rollouts/{id}/advance", new { note = "one more" });
        Assert.Equal((1, 2), (further.Data.GetProperty("step").GetInt32(), further.Data.GetProperty("agents").GetArrayLength()));
        Assert.EndsWith(": one more", further.Text("reason"), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(2) == 2), Limit, "two have the new version");
        var back = await api.PostAsync($"{path}/rollouts/{id}/back", new { });
        Assert.Equal("back", back.Text("state"));
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(1) == 4), Limit, "all have the old version again");
        (await api.PostAsync($"{path}/rollouts/{id}/advance", new { })).Is(409, 3001);
        (await api.PatchAsync($"{path}/rollouts/{id}", new { automatic = true })).Is(409, 3001);
        Assert.Equal([id], (await api.GetAsync($"{path}/rollouts")).Items().Select(rollout => rollout.GetProperty("id").GetString()));
    }

    [Fact(DisplayName = "At once to all is a roll-out of one step, to an older version as well; and one of a post without agents is done")]
    public async Task AtOnce()
    {
        var admin = await app.AdminAsync();
        var troupe = await Troupe.MakeAsync(app, admin, agents: 2);
        await using var crew = await Crew.StartAsync(app, troupe.Machine, _ => new());

        Assert.Equal("done", State(await troupe.RolloutAsync(await troupe.RollOutAsync(new { steps = new[] { 100 } }))));
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(2) == 2), Limit, "all have the new version");
        (await admin.PostAsync($"/api/v1/posts/{troupe.Post}/rollouts", new { version = 2 })).Is(409, 3002);
        Assert.Equal("done", State(await troupe.RolloutAsync(await troupe.RollOutAsync(new { version = 1, steps = new[] { 100 } }))));
        await Eventually.TrueAsync(() => Task.FromResult(crew.With(1) == 2), Limit, "all have the old version again");

        var empty = await Troupe.MakeAsync(app, admin, agents: 0);
        Assert.Equal(("done", 2), (State(await empty.RolloutAsync(await empty.RollOutAsync(new { }))), await empty.ReleasedAsync()));
    }

    [Fact(DisplayName = "What is wrong with a roll-out is said at its field")]
    public async Task Wrong()
    {
        var admin = await app.AdminAsync();
        var path = $"/api/v1/posts/{(await Troupe.MakeAsync(app, admin, agents: 0)).Post}/rollouts";

        Assert.Equal(["steps"], (await admin.PostAsync(path, new { steps = new[] { 50, 25 } })).Fields());
        Assert.Equal(["steps"], (await admin.PostAsync(path, new { steps = new[] { 0 } })).Fields());
        Assert.Equal(["steps"], (await admin.PostAsync(path, new { steps = Array.Empty<int>() })).Fields());
        Assert.Equal(["version"], (await admin.PostAsync(path, new { version = 9 })).Fields());
        Assert.Equal(["cost_rise", "min_success", "success_drop", "tasks"], (await admin.PostAsync(path, new { tasks = 0, success_drop = -1, cost_rise = -1, min_success = 101 })).Fields());
        Assert.Equal(["canary"], (await admin.PostAsync(path, new { canary = 5 })).Fields());
        (await admin.PostAsync("/api/v1/posts/none/rollouts", new { })).Is(404, 2001);
        (await admin.GetAsync("/api/v1/posts/none/rollouts")).Is(404, 2001);
        (await admin.GetAsync($"{path}/none")).Is(404, 2001);
        (await admin.PostAsync($"{path}/none/advance", new { })).Is(404, 2001);
    }

    private async Task<string[]> AuditAsync(string rollout) => (string[])(await Database.SingleAsync(
        app.App, "postsdb", "SELECT coalesce(array_agg(action ORDER BY at), '{}') FROM audit_outbox WHERE target = $1", rollout))[0];

    private static string State(JsonElement rollout) => rollout.GetProperty("state").GetString()!;

    private static int Number(JsonElement rollout, string arm, string field) => rollout.GetProperty(arm).GetProperty(field).GetInt32();
}
