using System.Net.WebSockets;
using System.Text;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>What a peer may send that it should not: it is told, and nobody else notices.</summary>
[Collection(WholeApp.Name)]
public sealed class BadFrameTests(AgentsApp app)
{
    private const int MaxBytes = 256 * 1024;

    [Theory(DisplayName = "A frame that says nothing sensible is answered with an error that names it, and the connection stays")]
    [InlineData("""{"id":"x","type":"nonsense","ts":1,"payload":{}}""")]
    [InlineData("""{"id":"x","type":"agent/status","ts":1,"payload":{}}""")]
    [InlineData("""{"id":"x","type":"agent/status","ts":1,"payload":{"agent_id":null,"status":"idle"}}""")]
    [InlineData("""{"id":"x","type":"agent/status","ts":1}""")]
    [InlineData("""{"id":"x","type":"metrics","payload":{"points":[{"name":"cpu"}]}}""")]
    [InlineData("""{"id":"x","type":"heartbeat","payload":{"agents":[{"agent_id":7}]}}""")]
    [InlineData("""{"id":"x","type":"heartbeat","payload":[]}""")]
    [InlineData("""{"id":"x","type":"heartbeat","ts":"now"}""")]
    [InlineData("""{"id":"x","type":7}""")]
    [InlineData("""{"id":"x"}""")]
    public async Task Answered(string frame)
    {
        await using var socket = await app.DeviceSocketAsync(await Fleet.EnrolAsync(app, await app.AdminAsync()));

        await socket.SendTextAsync(frame);

        Assert.Equal(1001, await socket.ErrorAsync("x"));
        await socket.AnswersAsync();
    }

    [Fact(DisplayName = "Too long is 1009, binary 1003, not JSON and not UTF-8 1007")]
    public async Task Closed()
    {
        var device = await Fleet.EnrolAsync(app, await app.AdminAsync());
        foreach (var (bytes, type, code) in new[]
        {
            (Encoding.UTF8.GetBytes("{\"payload\":{\"a\":\"" + new string('a', 300 * 1024) + "\"}}"), WebSocketMessageType.Text, 1009),
            ("{}"u8.ToArray(), WebSocketMessageType.Binary, 1003),
            ("hello"u8.ToArray(), WebSocketMessageType.Text, 1007),
            ([], WebSocketMessageType.Text, 1007),
            ("""{"type":"heartbeat"} {}"""u8.ToArray(), WebSocketMessageType.Text, 1007),
            ([.. """{"type":"heart"""u8, 0xE2, 0x82, .. "\"}"u8], WebSocketMessageType.Text, 1007),
            ([.. """{"type":"heartbeat","note":"""u8, (byte)'"', 0xE2, 0x82, .. "\"}"u8], WebSocketMessageType.Text, 1007),
        })
        {
            await using var socket = await app.DeviceSocketAsync(device);
            await socket.SendBytesAsync(bytes, type);
            await socket.ClosedWithAsync(code);
        }
    }

    [Fact(DisplayName = "What is no UTF-8 is 1007 every time, also while answers to other frames are on their way")]
    public async Task InTheMiddle()
    {
        var device = await Fleet.EnrolAsync(app, await app.AdminAsync());
        for (var n = 0; n < 20; n++)
        {
            await using var socket = await app.DeviceSocketAsync(device);
            for (var before = 0; before < 5; before++)
            {
                await socket.SendTextAsync("{}");
            }

            await socket.SendBytesAsync([.. "{\"a\":"u8, 0x94, .. "}"u8]);
            await socket.ClosedWithAsync(1007);
        }
    }

    [Fact(DisplayName = "A frame of exactly 256 KiB is read, also in many fragments")]
    public async Task Longest()
    {
        await using var socket = await app.DeviceSocketAsync(await Fleet.EnrolAsync(app, await app.AdminAsync()));
        var (start, end) = ("""{"id":"x","type":"nonsense","payload":{"a":" """.TrimEnd(), "\"}}");
        var frame = Encoding.UTF8.GetBytes(start + new string('a', MaxBytes - start.Length - end.Length) + end);

        for (var at = 0; at < frame.Length; at += 1000)
        {
            await socket.SendBytesAsync(frame[at..Math.Min(at + 1000, frame.Length)], end: at + 1000 >= frame.Length);
        }

        Assert.Equal(1001, await socket.ErrorAsync("x"));
    }

    [Fact(DisplayName = "Fragments without end are cut off at 256 KiB, and cost no memory: 1009")]
    public async Task Endless()
    {
        var device = await Fleet.EnrolAsync(app, await app.AdminAsync());
        var before = Parts.ResidentMiB("realtime");
        var (sent, fragment) = (0, Encoding.UTF8.GetBytes(new string('[', 8 * 1024)));
        await using var socket = await app.DeviceSocketAsync(device);
        try
        {
            while (sent < 100 * MaxBytes)
            {
                await socket.SendBytesAsync(fragment, end: false);
                sent += fragment.Length;
            }
        }
        catch (Exception e) when (e is WebSocketException or TimeoutException)
        {
            // Closed in the middle of it, as it should be.
        }

        await socket.ClosedWithAsync(1009);
        Assert.InRange(Parts.ResidentMiB("realtime") - before, int.MinValue, 30);
    }
}
