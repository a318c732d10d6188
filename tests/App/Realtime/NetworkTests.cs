using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Seed 001's channel: who comes in, as whom, and how it ends.</summary>
[Collection(WholeApp.Name)]
public sealed class NetworkTests(AgentsApp app)
{
    private static readonly TimeSpan InForce = TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "Who has not registered is told so, may beat and try again, and is in once it has said which agent it is")]
    public async Task RegistersFirst()
    {
        var (admin, agent) = (await app.AdminAsync(), Fleet.NewId("agent"));
        var device = await Fleet.EnrolAsync(app, admin);
        await using var socket = await app.SocketAsync("/ws/network", device.Api.Token);

        foreach (var (frame, code) in new[]
        {
            ("""{"type":"message","id":"x","group_id":"g","content":"c"}""", 1002), ("""{"type":"task_accept","id":"x","task_id":"t"}""", 1002),
            ("""{"type":"nonsense","id":"x"}""", 1001), ("""{"id":"x"}""", 1001), ("""{"type":"register","id":"x"}""", 1001),
            ("""{"type":"register","id":"x","agent":{"id":"../x"}}""", 1001), ("""{"type":"register","id":"x","agent":{"id":"a","name":"two\nlines"}}""", 1001),
        })
        {
            await socket.SendTextAsync(frame);
            Assert.Equal(code, await socket.ErrorAsync("x"));
        }

        await socket.SayAsync(new { type = "heartbeat" });
        await socket.RegisterAsync(agent);

        Assert.Equal(30, (await socket.NextAsync("heartbeat")).GetProperty("interval").GetInt32());
        Assert.Equal($"name of {agent}", (await socket.ListAsync(agent, online: true)).GetProperty("name").GetString());
        await socket.AnswersAsync();
        var known = await admin.GetAsync($"/api/v1/agents/{agent}");
        Assert.Equal((device.Id, "tester"), (known.Text("device_id"), known.Text("role")));
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/agents/{agent}")).Data.GetProperty("online").GetBoolean(), InForce, "Registry knows that it is there");
    }

    [Theory(DisplayName = "Who has no token, or a wrong one, is told why in an error and closed with 4401")]
    [InlineData("/ws/network")]
    [InlineData("/ws/network?token=")]
    [InlineData("/ws/network?token=wrong")]
    [InlineData("/ws/network?token=wrong&agent_id=a")]
    [InlineData("/ws/network?token=wrong&agent_id=../a")]
    public async Task NoToken(string path)
    {
        await using var socket = await app.SocketAsync(path);

        Assert.Equal(1002, (await socket.NextAsync("error")).GetProperty("code").GetInt32());
        await socket.ClosedWithAsync(4401);
    }

    [Fact(DisplayName = "What is not JSON or no text ends a connection, before it has registered and after")]
    public async Task NotJson()
    {
        var device = await Fleet.EnrolAsync(app, await app.AdminAsync());
        foreach (var registered in new[] { false, true })
        {
            foreach (var (bytes, type, code) in new[]
            {
                ("hello"u8.ToArray(), System.Net.WebSockets.WebSocketMessageType.Text, 1007), ("{}"u8.ToArray(), System.Net.WebSockets.WebSocketMessageType.Binary, 1003),
                (new byte[300 * 1024], System.Net.WebSockets.WebSocketMessageType.Text, 1009),
            })
            {
                await using var socket = registered ? await app.FlatAgentAsync(device, "one-of-its-own-" + device.Id) : await app.FlatSocketAsync(device);
                await socket.SendBytesAsync(bytes, type);
                await socket.ClosedWithAsync(code);
            }
        }
    }

    [Fact(DisplayName = "Another device's agent is refused and the connection stays for another try; once it is an agent it is no other")]
    public async Task OneAgent()
    {
        var admin = await app.AdminAsync();
        var (_, foreign) = await Sockets.DeviceWithAgentAsync(app, admin);
        var (device, agent) = (await Fleet.EnrolAsync(app, admin), Fleet.NewId("agent"));
        await using var socket = await app.FlatSocketAsync(device);

        await socket.RegisterAsync(foreign, frame: "theft");
        Assert.Equal(3002, await socket.ErrorAsync("theft"));
        await socket.RegisteredAsync(agent);
        await socket.RegisterAsync(Fleet.NewId("agent"), frame: "another");
        Assert.Equal(3002, await socket.ErrorAsync("another"));
        await socket.RegisterAsync(agent, new { name = "renamed", role = "boss" });
        await socket.ListAsync(agent, online: true, name: "renamed");

        Assert.Equal("boss", (await admin.GetAsync($"/api/v1/agents/{agent}")).Text("role"));
        Assert.Equal("of a device", (await admin.GetAsync($"/api/v1/agents/{foreign}")).Text("name"));
    }

    [Fact(DisplayName = "A device has a connection for each of its agents; a newer one of the same agent takes the place of the former, 4409")]
    public async Task Replaced()
    {
        var device = await Fleet.EnrolAsync(app, await app.AdminAsync());
        var (agent, other) = (Fleet.NewId("agent"), Fleet.NewId("agent"));
        await using var stays = await app.FlatAgentAsync(device, other);
        // Opened first and registered last: what counts is who said last that it is the agent.
        await using var newer = await app.FlatSocketAsync(device);
        await using var former = await app.FlatAgentAsync(device, agent);

        await newer.RegisteredAsync(agent);

        await former.ClosedWithAsync(4409);
        await newer.AnswersAsync();
        await stays.AnswersAsync();
    }

    [Fact(DisplayName = "An agent with a token of its own is in at once, and what it is stays what its owner wrote")]
    public async Task OwnToken()
    {
        var admin = await app.AdminAsync();
        var (token, name) = (Fleet.NewId("token"), Fleet.NewId("name"));
        var agent = await Fleet.AgentAsync(admin, new { name, token });
        await using var socket = await app.SocketAsync($"/ws/network?token={token}");

        Assert.Equal(name, (await socket.ListAsync(agent, online: true)).GetProperty("name").GetString());
        await socket.RegisterAsync(Fleet.NewId("agent"), frame: "another");
        Assert.Equal(3002, await socket.ErrorAsync("another"));
        await socket.RegisterAsync(agent, new { name = "mine now", capabilities = new[] { "chat" } });
        await socket.AnswersAsync();
        Assert.Equal(name, (await admin.GetAsync($"/api/v1/agents/{agent}")).Text("name"));

        (await admin.PatchAsync($"/api/v1/agents/{agent}", new { token = Fleet.NewId("token") })).Is(200, 0);
        await socket.ClosedWithAsync(4401, InForce);
    }

    [Fact(DisplayName = "A device's agents are cut with 4401 within 5 s of its deletion, one that has not registered as well, and a moved one's connection ends")]
    public async Task Ends()
    {
        var admin = await app.AdminAsync();
        var (device, other) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var (moves, deleted, stays) = (Fleet.NewId("agent"), Fleet.NewId("agent"), Fleet.NewId("agent"));
        await using var newcomer = await app.FlatSocketAsync(device);
        await using var moved = await app.FlatAgentAsync(device, moves);
        await using var gone = await app.FlatAgentAsync(device, deleted);
        await using var last = await app.FlatAgentAsync(device, stays);

        (await admin.PatchAsync($"/api/v1/agents/{moves}", new { device_id = other.Id })).Is(200, 0);
        await moved.ClosedWithAsync(4401, InForce);
        (await admin.DeleteAsync($"/api/v1/agents/{deleted}")).Is(200, 0);
        await gone.ClosedWithAsync(4401, InForce);
        await last.AnswersAsync();
        (await admin.DeleteAsync($"/api/v1/devices/{device.Id}")).Is(200, 0);
        await last.ClosedWithAsync(4401, InForce);
        await newcomer.ClosedWithAsync(4401, InForce);
    }

    [Fact(DisplayName = "Who is there comes first, then who changes; a private agent is told to its owner's agents alone")]
    public async Task WhoIsThere()
    {
        var (admin, other) = (await app.AdminAsync(), await app.PersonAsync("operator"));
        var (machine, hidden) = await Sockets.DeviceWithAgentAsync(app, admin, visibility: "private");
        var (mine, theirs) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, other.Api));
        await using var insider = await app.FlatAgentAsync(mine, Fleet.NewId("agent"));
        await using var stranger = await app.FlatAgentAsync(theirs, Fleet.NewId("agent"));

        var device = await app.DeviceSocketAsync(machine);
        await insider.ListAsync(hidden, online: true);
        var late = Fleet.NewId("agent");
        await using var second = await app.FlatAgentAsync(theirs, late);
        await stranger.ListAsync(late, online: true);
        await device.DisposeAsync();
        await insider.ListAsync(hidden, online: false);

        await stranger.AnswersAsync();
        await second.AnswersAsync();
        Assert.DoesNotContain(stranger.Waiting().Concat(second.Waiting()), frame => frame.Payload.ToString().Contains(hidden, StringComparison.Ordinal));
    }
}
