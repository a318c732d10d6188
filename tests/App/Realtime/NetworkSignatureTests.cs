using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Tests.App.Groups;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Seed 001's channel: what a device with a key signs.</summary>
[Collection(WholeApp.Name)]
public sealed class NetworkSignatureTests(AgentsApp app)
{
    [Fact(DisplayName = "A device with a key signs its agents' registration: unsigned, forged, altered, stale and replayed ones are refused")]
    public async Task Signed()
    {
        var (admin, key, agent) = (await app.AdminAsync(), Fleet.NewKey(), Fleet.NewId("agent"));
        var device = await Fleet.EnrolAsync(app, admin, key);
        await using var socket = await app.FlatSocketAsync(device);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var first = Fleet.NewId("frame");

        await socket.RegisterAsync(agent, frame: "unsigned");
        Assert.Equal(1002, await socket.ErrorAsync("unsigned"));
        await socket.RegisterSignedAsync(Fleet.NewKey(), agent, "forged");
        Assert.Equal(1002, await socket.ErrorAsync("forged"));
        await socket.RegisterSignedAsync(key, agent, "stale", at: now - 360);
        Assert.Equal(1002, await socket.ErrorAsync("stale"));
        var sig = FrameSignature.Sign(key, "altered", FrameType.AgentRegister, now, System.Text.Encoding.UTF8.GetBytes($"{agent}\nsigned\n"));
        await socket.SayAsync(new { type = "register", id = "altered", ts = now, sig, agent = new { id = agent, name = "altered" } });
        Assert.Equal(1002, await socket.ErrorAsync("altered"));
        await socket.RegisterSignedAsync(key, agent, first, role: "角色");
        Assert.Equal("角色", (await socket.ListAsync(agent, online: true)).GetProperty("role").GetString());

        await using var again = await app.FlatSocketAsync(device);
        await again.RegisterSignedAsync(key, agent, first, role: "角色");
        Assert.Equal(3002, await again.ErrorAsync(first));
        await socket.RegisterAsync(agent, frame: "unsigned later");
        Assert.Equal(1002, await socket.ErrorAsync("unsigned later"));
    }

    [Fact(DisplayName = "What an agent of a device with a key says in a group is signed, and stored once; unsigned it is refused")]
    public async Task SignedMessage()
    {
        var (key, agent, group, now) = (Fleet.NewKey(), Fleet.NewId("agent"), Fleet.NewId("group"), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var device = await Fleet.EnrolAsync(app, await app.AdminAsync(), key);
        await using var socket = await app.FlatSocketAsync(device);
        await socket.RegisterSignedAsync(key, agent, Fleet.NewId("frame"));
        await socket.ListAsync(agent, online: true);
        await socket.SayAsync(new { type = "join_group", group_id = group });
        var (frame, content) = (Fleet.NewId("frame"), "two\nlines");

        await socket.SayAsync(new { type = "message", id = "unsigned", group_id = group, content });
        Assert.Equal(1002, await socket.ErrorAsync("unsigned"));
        var sig = FrameSignature.Sign(key, frame, FrameType.GroupMessage, now, System.Text.Encoding.UTF8.GetBytes($"{group}\n{content}"));
        await socket.SayAsync(new { type = "message", id = frame, ts = now, sig, group_id = group, content = "altered" });
        Assert.Equal(1002, await socket.ErrorAsync(frame));
        await socket.SayAsync(new { type = "message", id = frame, ts = now, sig, group_id = group, content });
        var stored = await socket.NextAsync("stored");
        Assert.Equal((frame, group, 1), (stored.GetProperty("ref").GetString(), stored.GetProperty("group_id").GetString(), stored.GetProperty("seq").GetInt32()));
        await socket.SayAsync(new { type = "message", id = frame, ts = now, sig, group_id = group, content });
        Assert.Equal(3002, await socket.ErrorAsync(frame));

        var keys = await new SignedMachine(device, agent, key).KeysAsync(device.Api);
        Assert.Equal(EntryVerdict.Verified, EntryCheck.Of(Assert.Single(await SignedMachine.LogAsync(device.Api, group)), keys).Verdict);
    }
}
