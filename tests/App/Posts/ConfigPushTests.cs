using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

/// <summary>A device is told what its agents are, and says what they are.</summary>
[Collection(WholeApp.Name)]
public sealed class ConfigPushTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact(DisplayName = "A device is told what its agents are when it connects, and at each change of the post and of the agent, its own agents alone")]
    public async Task Told()
    {
        var admin = await app.AdminAsync();
        var post = await admin.PostOfAsync(new { role_prompt = "first" });
        var (machine, other) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var agent = await Fleet.AgentAsync(admin, new { name = "one", device_id = machine.Id, post_id = post });
        await Fleet.AgentAsync(admin, new { name = "plain", device_id = machine.Id });
        var foreign = await Fleet.AgentAsync(admin, new { name = "two", device_id = other.Id, post_id = post });
        await using var device = await app.DeviceSocketAsync(machine);

        var first = await device.NextAsync(FrameType.AgentConfig);
        Assert.Equal((agent, post, 1, "first"), (Text(first, "agent_id"), Text(first, "post_id"), first.GetProperty("version").GetInt32(), Prompt(first)));
        await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { role_prompt = "second" } });
        var second = await device.NextAsync(FrameType.AgentConfig, said => Text(said, "revision") != Text(first, "revision"));
        Assert.Equal((agent, 2, "second"), (Text(second, "agent_id"), second.GetProperty("version").GetInt32(), Prompt(second)));
        await admin.PutAsync($"/api/v1/agents/{agent}/config", new { overrides = new { role_prompt = "own" } });
        var third = await device.NextAsync(FrameType.AgentConfig, said => Text(said, "revision") != Text(second, "revision"));
        Assert.Equal((agent, 2, "own"), (Text(third, "agent_id"), third.GetProperty("version").GetInt32(), Prompt(third)));

        // It comes to another device: the one is told no more of it, and the other is.
        await using var another = await app.DeviceSocketAsync(other);
        Assert.Equal(foreign, Text(await another.NextAsync(FrameType.AgentConfig), "agent_id"));
        (await admin.PatchAsync($"/api/v1/agents/{agent}", new { device_id = other.Id })).Is(200, 0);
        Assert.Equal("own", Prompt(await another.NextAsync(FrameType.AgentConfig, said => Text(said, "agent_id") == agent)));
        Assert.DoesNotContain(device.Waiting(), frame => frame.Type == FrameType.AgentConfig && Text(frame.Payload, "agent_id") != agent);
    }

    [Fact(DisplayName = "An agent that is a process of its own is told as well")]
    public async Task OwnProcess()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "one", token = "the agent's own token", post_id = await admin.PostOfAsync(new { role_prompt = "first" }) });
        await using var socket = await app.AgentSocketAsync(agent, "the agent's own token");

        Assert.Equal("first", Prompt(await socket.NextAsync(FrameType.AgentConfig)));
    }

    [Fact(DisplayName = "Who is not yet what he is to be is seen, until his device says that he is")]
    public async Task Drift()
    {
        var admin = await app.AdminAsync();
        var post = await admin.PostOfAsync(new { role_prompt = "first" });
        var (machine, agent) = (await Fleet.EnrolAsync(app, admin), Fleet.NewId("agent"));
        await Fleet.AgentAsync(admin, new { id = agent, name = "one", device_id = machine.Id, post_id = post });
        await Fleet.AgentAsync(admin, new { name = "away", post_id = post });
        await using var device = await app.DeviceSocketAsync(machine);

        var told = await device.NextAsync(FrameType.AgentConfig);
        Assert.Equal(2, (await admin.GetAsync($"/api/v1/posts/{post}/agents?drift=true")).Data.GetProperty("total").GetInt32());
        await HeldAsync(device, told);
        await Eventually.TrueAsync(async () => (await OneAsync(admin, post, false)) is not null, Limit, "it holds what it is to be");
        var held = (await OneAsync(admin, post, false))!.Value;
        Assert.Equal((agent, 1, 1, false), (Text(held, "id"), held.GetProperty("version").GetInt32(), held.GetProperty("held_version").GetInt32(), held.GetProperty("drift").GetBoolean()));

        await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { role_prompt = "second" } });
        var config = await admin.GetAsync($"/api/v1/agents/{agent}/config");
        Assert.Equal((2, 1, true), (config.Data.GetProperty("version").GetInt32(), config.Data.GetProperty("held").GetProperty("version").GetInt32(), config.Data.GetProperty("drift").GetBoolean()));
        await HeldAsync(device, await device.NextAsync(FrameType.AgentConfig, said => said.GetProperty("version").GetInt32() == 2));
        await Eventually.TrueAsync(async () => !(await admin.GetAsync($"/api/v1/agents/{agent}/config")).Data.GetProperty("drift").GetBoolean(), Limit, "it holds the second");
    }

    [Fact(DisplayName = "Of an agent that is not its own a device can say nothing")]
    public async Task Foreign()
    {
        var admin = await app.AdminAsync();
        var (machine, _) = await Sockets.DeviceWithAgentAsync(app, admin);
        var (_, foreign) = await Sockets.DeviceWithAgentAsync(app, admin);
        await using var device = await app.DeviceSocketAsync(machine);
        var (first, second) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());

        await device.SendAsync(FrameType.AgentConfig, new { agent_id = foreign, revision = "any" }, first);
        Assert.Equal(1003, await device.ErrorAsync(first));
        await device.SendAsync(FrameType.AgentConfig, new { agent_id = foreign }, second);
        Assert.Equal(1001, await device.ErrorAsync(second));
    }

    [Fact(DisplayName = "Two hundred agents with long prompts are told all, however slowly their device reads")]
    public async Task Many()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var post = await admin.PostOfAsync(new { role_prompt = new string('p', 60_000) });
        await admin.StaffAsync(post, new { devices = Enumerable.Repeat(machine.Id, 200) });
        await using var device = await app.DeviceSocketAsync(machine);

        HashSet<string> told = [];
        while (told.Count < 200)
        {
            told.Add(Text(await device.NextAsync(FrameType.AgentConfig), "agent_id"));
        }
    }

    private static Task HeldAsync(HubClient device, JsonElement told) => device.SendAsync(
        FrameType.AgentConfig, new { agent_id = Text(told, "agent_id"), revision = Text(told, "revision"), version = told.GetProperty("version").GetInt32() });

    private static async Task<JsonElement?> OneAsync(Api api, string post, bool drift) =>
        (await api.GetAsync($"/api/v1/posts/{post}/agents?drift={(drift ? "true" : "false")}")).Items().Cast<JsonElement?>().SingleOrDefault();

    private static string Text(JsonElement said, string field) => said.GetProperty(field).GetString()!;

    private static string Prompt(JsonElement said) => said.GetProperty("config").GetProperty("role_prompt").GetString()!;
}
