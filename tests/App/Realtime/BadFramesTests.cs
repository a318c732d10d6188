using System.Net.WebSockets;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Each bad frame has its answer, and hurts nobody else.</summary>
[Collection(WholeApp.Name)]
public sealed class BadFramesTests(AgentsApp app)
{
    [Theory(DisplayName = "A frame that is JSON and wrong is answered with error 1001 and its id, and the connection stays")]
    [InlineData("""{"id":"ID","type":"no/such","ts":1,"payload":{}}""")]
    [InlineData("""{"id":"ID","ts":1,"payload":{}}""")]
    [InlineData("""{"id":"ID","type":7,"ts":1,"payload":{}}""")]
    [InlineData("""{"id":"ID","type":"agent/status","ts":1,"payload":{"status":"idle"}}""")]
    [InlineData("""{"id":"ID","type":"agent/status","ts":1}""")]
    [InlineData("""{"id":"ID","type":"metrics","ts":1,"payload":{"points":5}}""")]
    [InlineData("""{"id":"ID","type":"heartbeat","ts":"now","payload":{}}""")]
    [InlineData("""{"id":"ID","type":"heartbeat","ts":1,"payload":[]}""")]
    public async Task Wrong(string frame)
    {
        await using var socket = await DeviceAsync();
        var id = Guid.NewGuid().ToString();

        await socket.SendRawAsync(System.Text.Encoding.UTF8.GetBytes(frame.Replace("ID", id, StringComparison.Ordinal)));

        Assert.Equal(1001, await socket.ErrorAsync(id));
        await socket.AnswersAsync();
    }

    [Fact(DisplayName = "300 KiB in one frame, or in fragments that never end, are closed with 1009; binary with 1003; what is no JSON or no UTF-8 with 1007")]
    public async Task Ended()
    {
        await ClosesAsync(1009, new byte[300 * 1024].Select(_ => (byte)'x').ToArray());
        await ClosesAsync(1003, [1, 2, 3], WebSocketMessageType.Binary);
        await ClosesAsync(1007, "not json"u8.ToArray());
        await ClosesAsync(1007, [.. "{\"id\":\""u8, 0xE7, 0x8E]);
        await ClosesAsync(1007, [0xFF, 0xFE, 0x00]);

        await using var endless = await DeviceAsync();
        var piece = new byte[1024];
        Array.Fill(piece, (byte)' ');
        try
        {
            for (var sent = 0; sent < 400; sent++)
            {
                await endless.SendRawAsync(piece, end: false);
            }
        }
        catch (WebSocketException)
        {
            // Closed while it still sends.
        }

        Assert.Equal(1009, await endless.ClosedAsync());
    }

    [Fact(DisplayName = "A page that sends far too fast is told 1004 and read at its limit; meanwhile others are answered")]
    public async Task TooFast()
    {
        await using var flood = await HubSocket.PersonAsync(app, (await app.PersonAsync("user")).Api.Token);
        await using var other = await DeviceAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var flooding = FloodAsync(flood.Raw, stop.Token);

        var told = await flood.NextAsync(FrameType.Error, error => error.GetProperty("code").GetInt32() is 1004);
        await other.AnswersAsync();

        Assert.Contains("frames a second", told.GetProperty("message").GetString());
        await stop.CancelAsync();
        await flooding;
    }

    [Fact(DisplayName = "A device speaks of its own agents only: another's in heartbeat and agent/status is 1003, in agent/register 3002")]
    public async Task Foreign()
    {
        var admin = await app.AdminAsync();
        var (foreign, other) = (Fleet.NewId("agent"), await Fleet.EnrolAsync(app, admin));
        (await other.Api.PostAsync("/api/v1/agents/register", new { id = foreign, name = "another's" })).Is(200, 0);
        await using var socket = await HubSocket.DeviceAsync(app, await Fleet.EnrolAsync(app, admin));

        await socket.SendAsync(FrameType.Heartbeat, new { agents = new[] { new { agent_id = foreign, running = 1 } } }, "beat");
        Assert.Equal(1003, await socket.ErrorAsync("beat"));
        await socket.SendAsync(FrameType.AgentStatus, new { agent_id = foreign, status = "busy" }, "status");
        Assert.Equal(1003, await socket.ErrorAsync("status"));
        await socket.SendAsync(FrameType.AgentRegister, new { id = foreign, name = "now mine" }, "register");
        Assert.Equal(3002, await socket.ErrorAsync("register"));
        await socket.AnswersAsync();
    }

    private async Task<HubSocket> DeviceAsync() => await HubSocket.DeviceAsync(app, await Fleet.EnrolAsync(app, await app.AdminAsync()));

    private async Task ClosesAsync(int code, byte[] frame, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        await using var socket = await DeviceAsync();
        await socket.SendRawAsync(frame, type);
        Assert.Equal(code, await socket.ClosedAsync());
    }

    private static async Task FloodAsync(WebSocket socket, CancellationToken stop)
    {
        var frame = """{"id":"x","type":"heartbeat","ts":1,"payload":{}}"""u8.ToArray();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await socket.SendAsync(frame, WebSocketMessageType.Text, true, stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Held back by the network, as it should be, until told to stop.
        }
    }
}
