using System.Net.WebSockets;
using System.Security.Cryptography;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Daemon.Link;
using Agents.Daemon.State;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

public sealed class LinkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "After the handshake the daemon tells how its agents are, dated by the server's clock")]
    public async Task Greeting()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);

        var device = await hub.NextAsync();
        var beat = await device.GreetAsync(serverTime: 1_900_000_000, agents: ["a1", "a2"]);

        Assert.Equal("device-1 Bearer dt_1", $"{device.DeviceId} {device.Authorization}");
        Assert.Equal(1_900_000_000, beat.Ts);
        Assert.Equal(0.25, beat.Payload.GetProperty("load").GetDouble());
        Assert.Equal(["a1", "a2"], beat.Payload.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("agent_id").GetString()));
        link.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1_900_000_030, (await device.NextAsync(FrameType.Heartbeat)).Ts);
        Assert.Equal(LinkStates.Connected, link.State);
    }

    [Fact(DisplayName = "A list of agents that comes later replaces the one before")]
    public async Task Agents()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var device = await hub.NextAsync();
        await device.GreetAsync(agents: ["a1", "a2"]);

        await device.SendAsync(FrameType.AgentList, new AgentList([new("a3", "Third", "codex", "", "idle", "device-1", null, [], [], 1)]));

        await Eventually.TrueAsync(() => Task.FromResult(link.Agents.All is [{ Id: "a3", Name: "Third" }]), Limit, "it carries a3 alone");
        await Eventually.TrueAsync(() => Task.FromResult(LinkReport.Read(link.Folders)?.Agents is [{ Id: "a3" }]), Limit, "and says so");
    }

    [Fact(DisplayName = "A list of agents that comes in parts is taken whole")]
    public async Task AgentsInParts()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var device = await hub.NextAsync();
        await device.GreetAsync(agents: ["old"]);

        await device.SendAsync(FrameType.AgentList, new AgentList([new("a1", "First", "codex", "", "idle", "device-1", null, [], [], 1)], More: true));
        await device.SendAsync(FrameType.AgentList, new AgentList([new("a2", "Second", "codex", "", "idle", "device-1", null, [], [], 1)]));

        await Eventually.TrueAsync(() => Task.FromResult(link.Agents.All is [{ Id: "a1" }, { Id: "a2" }]), Limit, "it carries both");
    }

    [Fact(DisplayName = "What the server could not take just then goes again with the next heartbeat")]
    public async Task NotJustNow()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var device = await hub.NextAsync();
        await device.GreetAsync();
        await link.SendAsync(FrameType.Metrics, """{"points":[],"n":1}""");
        var refused = await device.NextAsync(FrameType.Metrics);

        await device.SendAsync(FrameType.Error, new ErrorPayload((int)ErrorCode.Unavailable, "not just now", refused.Id));
        await device.SendAsync(FrameType.AgentList, new AgentList([new("a1", "First", "codex", "", "idle", "device-1", null, [], [], 1)]));
        await Eventually.TrueAsync(() => Task.FromResult(link.Agents.All is [{ Id: "a1" }]), Limit, "it has read the error");
        link.Time.Advance(TimeSpan.FromSeconds(30));

        var again = await device.NextAsync(FrameType.Metrics);
        Assert.Equal(1, again.Payload.GetProperty("n").GetInt32());
        Assert.NotEqual(refused.Id, again.Id);
    }

    [Fact(DisplayName = "Each connection signs with the key that there is by then")]
    public async Task NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var first = await hub.NextAsync();
        await first.GreetAsync();
        link.Key = ECDsa.Create(key.ExportParameters(includePrivateParameters: true));
        first.Break();
        await Eventually.TrueAsync(() => Task.FromResult(link.State is LinkStates.Connecting), Limit, "it has noticed");
        await link.Time.PassAsync(Backoff.First);
        var second = await hub.NextAsync();
        await second.GreetAsync();
        await link.SendAsync(FrameType.AgentRegister, "{}");

        var signed = await second.NextAsync(FrameType.AgentRegister);

        Assert.True(FrameSignature.Verify(key, signed.Id, signed.Type, signed.Ts, "{}"u8, signed.Sig!));
    }

    [Fact(DisplayName = "What the server sends that is no frame hurts nothing that follows")]
    public async Task Garbage()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var device = await hub.NextAsync();
        await device.GreetAsync();

        await device.SendTextAsync("no json");
        await device.SendTextAsync("[1]");
        await device.SendTextAsync("""{"id":"1","type":"agent/list","ts":1,"payload":{"agents":7}}""");
        await device.SendTextAsync("""{"id":"1","type":"from/the/future","ts":1,"payload":null}""");
        await device.SendBytesAsync([1, 2, 3], WebSocketMessageType.Binary);
        await device.SendTextAsync("""{"id":"1","type":"agent/list","ts":1,"payload":{"agents":[{"id":"a9"}]}}""");

        await Eventually.TrueAsync(() => Task.FromResult(link.Agents.All is [{ Id: "a9" }]), Limit, "what came after it is understood, on the same connection");
    }

    [Fact(DisplayName = "A frame that is too big ends the connection, and the daemon comes back")]
    public async Task TooBig()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var device = await hub.NextAsync();
        await device.GreetAsync();

        try
        {
            await device.SendBytesAsync(new byte[Frame.MaxBytes + 1], WebSocketMessageType.Text);
        }
        catch (WebSocketException)
        {
            // It need not read to the end of what is too long.
        }

        await link.Time.PassAsync(Backoff.First);
        await (await hub.NextAsync()).GreetAsync();
    }

    [Fact(DisplayName = "What waits while there is no connection goes when there is one, and nothing goes twice")]
    public async Task Waiting()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var first = await hub.NextAsync();
        await first.GreetAsync();
        await link.SendAsync(FrameType.Metrics, """{"points":[],"n":1}""");
        await first.NextAsync(FrameType.Metrics);
        first.Break();
        await Eventually.TrueAsync(() => Task.FromResult(link.State is LinkStates.Connecting), Limit, "it has noticed");

        await link.SendAsync(FrameType.Metrics, """{"points":[],"n":2}""");
        await link.Time.PassAsync(Backoff.First);
        var second = await hub.NextAsync();
        await second.GreetAsync();

        Assert.Equal(2, (await second.NextAsync(FrameType.Metrics)).Payload.GetProperty("n").GetInt32());
    }

    [Fact(DisplayName = "Told to stop, the daemon says goodbye")]
    public async Task Goodbye()
    {
        await using var hub = await HubStandIn.StartAsync();
        var link = new RunningLink(hub.Address);
        var device = await hub.NextAsync();
        await device.GreetAsync();

        var closing = device.ClosedAsync();
        await link.DisposeAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closing);
        Assert.Equal(EndKind.Stopped, (await link.Ended).Kind);
    }
}
