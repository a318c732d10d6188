using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Daemon.Link;
using Agents.Daemon.State;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

public sealed class ReconnectTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "A server that is away is asked again after ever longer pauses, up to half a minute, and found when it is back")]
    public async Task Away()
    {
        var port = ServiceProcess.FreePort();
        await using var link = new RunningLink($"http://127.0.0.1:{port}");

        foreach (var seconds in new[] { 0.5, 1, 2, 4, 8, 16, 30 })
        {
            await link.Time.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        await using var hub = await HubStandIn.StartAsync(port);
        await link.Time.PassAsync(TimeSpan.FromSeconds(30));
        await (await hub.NextAsync()).GreetAsync();
        Assert.Equal(LinkStates.Connected, link.State);
    }

    [Fact(DisplayName = "Connections that break soon make the pauses longer; one that was good for a minute starts them anew")]
    public async Task GoodForAMinute()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        foreach (var (good, pause) in new[] { (0, 0.5), (40, 1), (59, 2), (60, 0.5), (0, 1) })
        {
            var device = await hub.NextAsync();
            await device.GreetAsync(interval: 300);
            link.Time.Advance(TimeSpan.FromSeconds(good));
            device.Break();
            await link.Time.PassAsync(TimeSpan.FromSeconds(pause));
        }
    }

    [Fact(DisplayName = "A server that says nothing for three intervals is taken for dead")]
    public async Task Silent()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var device = await hub.NextAsync();
        await device.GreetAsync(interval: 10);

        link.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(LinkStates.Connected, link.State);
        link.Time.Advance(TimeSpan.FromSeconds(1));

        await link.Time.PassAsync(Backoff.First);
        await (await hub.NextAsync()).GreetAsync();
    }

    [Fact(DisplayName = "A server that takes the connection and does not greet is given up after ten seconds")]
    public async Task NoGreeting()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        await hub.NextAsync();

        await link.Time.PassAsync(TimeSpan.FromSeconds(10));

        await link.Time.PassAsync(Backoff.First);
        await (await hub.NextAsync()).GreetAsync();
    }

    [Theory(DisplayName = "A device that is refused asks every five minutes")]
    [InlineData("an auth/error and 4401")]
    [InlineData("4401 later")]
    [InlineData("401")]
    public async Task Refused(string how)
    {
        await using var hub = await HubStandIn.StartAsync();
        hub.Refuse = how is "401" ? 401 : null;
        await using var link = new RunningLink(hub.Address);
        if (how is not "401")
        {
            await RefuseAsync(await hub.NextAsync(), greet: how is "4401 later");
        }

        await Eventually.TrueAsync(() => Task.FromResult(link.State is LinkStates.Refused), Limit, "it says that it is refused");
        hub.Refuse = null;
        for (var looks = 0; looks < TimeSpan.FromMinutes(5) / Look; looks++)
        {
            await link.Time.PassAsync(Look);
        }

        await (await hub.NextAsync()).GreetAsync();
    }

    [Fact(DisplayName = "A refused device that is enrolled again comes back at once, with its new token")]
    public async Task EnrolledAgain()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        await RefuseAsync(await hub.NextAsync(), greet: false);
        await Eventually.TrueAsync(() => Task.FromResult(link.State is LinkStates.Refused), Limit, "it says that it is refused");

        link.Device = link.Device with { DeviceToken = "dt_2" };
        await link.Time.PassAsync(Look);

        Assert.Equal("Bearer dt_2", (await hub.NextAsync()).Authorization);
    }

    [Fact(DisplayName = "A server that can't tell just now who the device is, is asked again soon")]
    public async Task NotJustNow()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);

        await (await hub.NextAsync()).SendAsync(FrameType.AuthError, new AuthError((int)ErrorCode.Unavailable, "Registry is away."));

        await link.Time.PassAsync(Backoff.First);
        await (await hub.NextAsync()).GreetAsync();
    }

    [Fact(DisplayName = "A daemon whose place another one took does not come back")]
    public async Task Replaced()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var link = new RunningLink(hub.Address);
        var device = await hub.NextAsync();
        await device.GreetAsync();

        await device.CloseAsync(CloseCode.Replaced, "replaced");

        Assert.Equal(EndKind.Replaced, (await link.Ended.WaitAsync(Limit, TestContext.Current.CancellationToken)).Kind);
        Assert.Equal(LinkStates.Stopped, link.State);
    }

    private static async Task RefuseAsync(HubSocket device, bool greet)
    {
        if (greet)
        {
            await device.GreetAsync();
        }
        else
        {
            await device.SendAsync(FrameType.AuthError, new AuthError((int)ErrorCode.NotSignedIn, "The token is no good."));
        }

        await device.CloseAsync(CloseCode.NotSignedIn, "not signed in");
    }
}
