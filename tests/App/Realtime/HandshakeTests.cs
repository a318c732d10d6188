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

    [Fact(DisplayName = "Who guesses an agent's token is made to wait after ten tries, and other agents come in all the same")]
    public async Task Guessed()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "guessed", token = "an agent's own token" });
        var other = await Fleet.AgentAsync(admin, new { name = "left alone", token = "another agent's token" });
        foreach (var n in Enumerable.Range(0, 10))
        {
            await using var guess = await app.SocketAsync($"/ws?role=agent&agent_id={agent}&agent_token=guess-{n}");
            await guess.ClosedWithAsync(4401);
        }

        await using var right = await app.SocketAsync($"/ws?role=agent&agent_id={agent}&agent_token=an agent's own token");
        Assert.Equal(1004, (await right.NextAsync(FrameType.AuthError)).GetProperty("code").GetInt32());
        await right.ClosedWithAsync(1013);
        await using var joined = await app.AgentSocketAsync(other, "another agent's token");
    }

    [Fact(DisplayName = "A person has fifty connections at most; one that takes another's place, or comes after one has left, is let in")]
    public async Task Fifty()
    {
        var person = await app.PersonAsync("viewer");
        List<HubClient> pages = [];
        foreach (var n in Enumerable.Range(0, 50))
        {
            pages.Add(await app.PersonSocketAsync(person.Api, $"page-{n}"));
        }

        await using (var tooMany = await app.SocketAsync("/ws?role=client&client_id=one-more", person.Api.Token))
        {
            Assert.Equal(1004, (await tooMany.NextAsync(FrameType.AuthError)).GetProperty("code").GetInt32());
            await tooMany.ClosedWithAsync(1013);
        }

        pages.Add(await app.PersonSocketAsync(person.Api, "page-7"));
        await pages[7].ClosedWithAsync(4409);
        await pages[0].DisposeAsync();
        HubClient? late = null;
        await Eventually.TrueAsync(
            async () =>
            {
                late = await app.SocketAsync("/ws?role=client&client_id=one-more", person.Api.Token);
                pages.Add(late);
                return (await late.NextAsync()).Type == FrameType.Heartbeat && (await late.NextAsync()).Type == FrameType.AuthOk;
            },
            HubClient.Limit, "there is room again");
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }
    }
}
