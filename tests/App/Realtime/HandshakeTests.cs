using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

[Collection(WholeApp.Name)]
public sealed class HandshakeTests(AgentsApp app)
{
    [Theory(DisplayName = "Who does not say who it is, or can't prove it, is told why and closed")]
    [InlineData("/ws", 1001)]
    [InlineData("/ws?role=", 1001)]
    [InlineData("/ws?role=king", 1001)]
    [InlineData("/ws?role=client&role=device", 1001)]
    [InlineData("/ws?role=client", 1002)]
    [InlineData("/ws?role=client&token=wrong", 1002)]
    [InlineData("/ws?role=client&ticket=wrong", 1002)]
    [InlineData("/ws?role=device&device_id=d", 1002)]
    [InlineData("/ws?role=device&device_id=d&token=wrong", 1002)]
    [InlineData("/ws?role=agent", 1002)]
    [InlineData("/ws?role=agent&agent_id=a", 1002)]
    [InlineData("/ws?role=agent&agent_token=t", 1002)]
    [InlineData("/ws?role=agent&agent_id=a&agent_token=wrong", 1002)]
    [InlineData("/api/v1/agents/a/ws", 1002)]
    public async Task Refused(string path, int code)
    {
        await using var socket = await app.SocketAsync(path);

        Assert.Equal(code, (await socket.NextAsync(FrameType.AuthError)).GetProperty("code").GetInt32());
        await socket.ClosedWithAsync(4401);
    }

    [Fact(DisplayName = "A good token is no pass for another's id, nor for another role")]
    public async Task NotItsOwn()
    {
        var admin = await app.AdminAsync();
        var (device, other) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var agent = await Fleet.AgentAsync(admin, new { name = "alone", token = "an agent's own token" });
        var second = await Fleet.AgentAsync(admin, new { name = "second", token = "another agent's token" });

        foreach (var (path, bearer, close) in new[]
        {
            ($"/ws?role=device&device_id={other.Id}", device.Api.Token, 4403),
            ($"/ws?role=agent&agent_id={second}&agent_token=an agent's own token", null, 4401),
            ($"/ws?role=agent&agent_id={agent}", device.Api.Token, 4401),
            ("/ws?role=client", device.Api.Token, 4401),
            ($"/ws?role=device&device_id={device.Id}", admin.Token, 4401),
            ($"/api/v1/agents/{Fleet.NewId("agent")}/ws", admin.Token, 4403),
        })
        {
            await using var socket = await app.SocketAsync(path, bearer);
            await socket.NextAsync(FrameType.AuthError);
            await socket.ClosedWithAsync(close);
        }
    }
}
