using System.Security.Cryptography;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

[Collection(WholeApp.Name)]
public sealed class SignatureTests(AgentsApp app)
{
    [Fact(DisplayName = "A device with a key signs agent/register: without, with another's key, six minutes off or seen before it is refused")]
    public async Task Signed()
    {
        using var key = Fleet.NewKey();
        using var stranger = Fleet.NewKey();
        await using var socket = await HubSocket.DeviceAsync(app, await Fleet.EnrolAsync(app, await app.AdminAsync(), key));
        var agent = new { id = Fleet.NewId("agent"), name = "signed" };
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        await socket.SendAsync(FrameType.AgentRegister, agent, "unsigned");
        Assert.Equal(1002, await socket.ErrorAsync("unsigned"));
        await SendAsync(stranger, "forged", now);
        Assert.Equal(1002, await socket.ErrorAsync("forged"));
        await SendAsync(key, "old", now - 360);
        Assert.Equal(1002, await socket.ErrorAsync("old"));
        await SendAsync(key, "good", now);
        await socket.NextAsync(FrameType.AgentList, list => list.GetRawText().Contains(agent.id, StringComparison.Ordinal));
        await SendAsync(key, "good", now);
        Assert.Equal(3002, await socket.ErrorAsync("good"));

        Task SendAsync(ECDsa with, string id, long ts) => socket.SendAsync(
            FrameType.AgentRegister, agent, id, FrameSignature.Sign(with, id, FrameType.AgentRegister, ts, JsonSerializer.SerializeToUtf8Bytes(agent)), ts);
    }
}
