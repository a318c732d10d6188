using System.Net.Sockets;
using System.Text;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Who sends too much or reads too little: the others notice nothing.</summary>
[Collection(WholeApp.Name)]
public sealed class FloodTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact(DisplayName = "Ten thousand frames at once are all read in the end, and another is answered within a second meanwhile")]
    public async Task TenThousand()
    {
        var admin = await app.AdminAsync();
        await using var other = await app.PersonSocketAsync(admin);
        await using var flood = await app.DeviceSocketAsync(await Fleet.EnrolAsync(app, admin));

        var answered = AnsweredAsync(flood, 10_000);
        var sent = SendAsync(flood, 10_000);
        await flood.NextAsync("error");
        await other.AnswersAsync().WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        await Task.WhenAll(sent, answered).WaitAsync(Limit, TestContext.Current.CancellationToken);
        await flood.AnswersAsync();
    }

    [Fact(DisplayName = "Who sends faster than it may is told 1004, and read more slowly; nothing is lost")]
    public async Task TooFast()
    {
        await using var page = await app.PersonSocketAsync(await app.AdminAsync());

        await SendAsync(page, 1_500);

        await page.NextAsync("error", error => error.GetProperty("code").GetInt32() is 1004);
        await page.AnswersAsync();
        Assert.False(page.Closed.IsCompleted);
    }

    [Fact(DisplayName = "A device that never reads is cut, while others are answered at once")]
    public async Task NeverReads()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);
        await using var other = await app.PersonSocketAsync(admin);
        using var deaf = await DeafAsync(app.Gateway(), device);

        var sent = 0L;
        // Each of these is answered; nobody reads the answers.
        var frame = Masked("""{"id":"deaf","type":"nonsense"}""");
        var burst = Enumerable.Repeat(frame, 1_000).SelectMany(bytes => bytes).ToArray();
        // Cut by the other side, and not given up by us.
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (true)
            {
                sent += await deaf.SendAsync(burst, limit.Token);
            }
        });

        Assert.True(sent > burst.Length);
        await other.AnswersAsync().WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status") is "offline", Limit, "the device is gone");
    }

    private static async Task SendAsync(HubClient socket, int count)
    {
        for (var n = 0; n < count; n++)
        {
            await socket.SendTextAsync("""{"id":"flood","type":"nonsense"}""");
        }
    }

    private static async Task AnsweredAsync(HubClient socket, int count)
    {
        for (var n = 1; n < count; n++)
        {
            await socket.NextAsync("error", error => error.GetProperty("code").GetInt32() is 1001);
        }
    }

    /// <summary>A socket that shakes hands and then reads nothing, with next to no room in between.</summary>
    private static async Task<Socket> DeafAsync(Uri gateway, Machine device)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(gateway.Host, gateway.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /ws?role=device&device_id={device.Id} HTTP/1.1\r\nHost: {gateway.Authority}\r\nAuthorization: Bearer {device.Api.Token}\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"),
            TestContext.Current.CancellationToken);
        var answer = new byte[64];
        await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);
        Assert.Contains(" 101 ", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
        return socket;
    }

    /// <summary>One whole text frame as RFC 6455 has it, with a mask of zeros.</summary>
    private static byte[] Masked(string text) => [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)];
}
