using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work.Model;

/// <summary>Two users beside the admin, three devices with two agents each, and two agents that are processes of their own.</summary>
internal static class Setting
{
    private const string Token = "the agent's own token";

    public static async Task<World> MakeAsync(AgentsApp app, int seed)
    {
        var world = new World(app, seed);
        var admin = await app.AdminAsync();
        world.Users.Add(new("admin", admin, SeesAll: true));
        world.Users.Add(new("ann", (await app.PersonAsync("user")).Api, SeesAll: false));
        world.Users.Add(new("bob", (await app.PersonAsync("user")).Api, SeesAll: false));
        world.Watcher = new(last => WatchAsync(app, admin, last));
        string[] can = [Fleet.NewId("can"), Fleet.NewId("can")];
        foreach (var n in Enumerable.Range(0, 3))
        {
            var machine = await Fleet.EnrolAsync(app, admin);
            var concurrency = 2 + n;
            (await admin.PatchAsync($"/api/v1/devices/{machine.Id}", new { concurrency })).Is(200, 0);
            ModelAgent[] agents =
            [
                await AgentAsync(world, machine.Id, 1 + n, can[0], isPrivate: false), await AgentAsync(world, machine.Id, 2, can[1], isPrivate: n == 2),
            ];
            world.Holders.Add(new($"device {n}", agents, concurrency, names: true, () => app.DeviceSocketAsync(machine)) { DeviceId = machine.Id });
        }

        foreach (var n in Enumerable.Range(0, 2))
        {
            var agent = await AgentAsync(world, null, 2, can[n], isPrivate: false);
            world.Holders.Add(new($"agent {n}", [agent], int.MaxValue, names: n == 0, () => app.AgentSocketAsync(agent.Id, Token)));
        }

        foreach (var holder in world.Holders)
        {
            Assert.True(await holder.ComeAsync());
        }

        return world;
    }

    public static async Task<ModelAgent> AgentAsync(World world, string? deviceId, int concurrency, string capability, bool isPrivate)
    {
        var (made, _) = await world.AskAsync(() => world.Admin.Api.PostAsync("/api/v1/agents", new
        {
            name = "of a model",
            device_id = deviceId,
            token = deviceId is null ? Token : null,
            concurrency,
            capabilities = new[] { capability },
            visibility = isPrivate ? "private" : "public",
        }));
        made.Is(201, 0);
        return new(made.Text("id"), deviceId, concurrency, capability, isPrivate);
    }

    private static async Task<HubClient> WatchAsync(AgentsApp app, Api admin, string? lastEventId) => await (await app.SocketAsync(
        $"/ws?role=client&client_id={Guid.NewGuid()}{(lastEventId is null ? "" : $"&last_event_id={lastEventId}")}", admin.Token)).JoinedAsync();
}
