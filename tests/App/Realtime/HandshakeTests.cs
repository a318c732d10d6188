using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

[Collection(WholeApp.Name)]
public sealed class HandshakeTests(AgentsApp app)
{
    [Theory(DisplayName = "A handshake that says too little or something wrong gets auth/error and a close code of its own")]
    [InlineData("", 4401)]
    [InlineData("role=king", 4401)]
    [InlineData("role=client", 4401)]
    [InlineData("role=client&token=wrong", 4401)]
    [InlineData("role=client&ticket=wrong", 4401)]
    [InlineData("role=device&device_id=x", 4401)]
    [InlineData("role=device&device_id=x&token=dt_wrong", 4401)]
    [InlineData("role=agent&agent_id=x&agent_token=wrong", 4401)]
    [InlineData("role=agent&agent_token=wrong", 4401)]
    public async Task Refused(string query, int code) => await IsRefusedAsync(query, null, code);

    [Fact(DisplayName = "A token lets in only whom it belongs to: another device, another agent and a device as a page are refused")]
    public async Task Mismatch()
    {
        var admin = await app.AdminAsync();
        var (one, other) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var agent = await Fleet.AgentAsync(admin, new { name = "mine", token = "the secret of mine" });
        var another = await Fleet.AgentAsync(admin, new { name = "yours", token = "the secret of yours" });

        await IsRefusedAsync($"role=device&device_id={other.Id}", one.Api.Token, CloseCode.NotAllowed);
        await IsRefusedAsync($"role=agent&agent_id={another}&agent_token=the secret of mine", null, CloseCode.NotSignedIn);
        await IsRefusedAsync("role=client", one.Api.Token, CloseCode.NotSignedIn);
        await (await HubSocket.AgentAsync(app, agent, "the secret of mine")).DisposeAsync();
    }

    [Fact(DisplayName = "The newer connection of a device takes the place of the older, which is told so with 4409")]
    public async Task Replaced()
    {
        var device = await Fleet.EnrolAsync(app, await app.AdminAsync());
        await using var first = await HubSocket.DeviceAsync(app, device);
        await using var second = await HubSocket.DeviceAsync(app, device);

        Assert.Equal(CloseCode.Replaced, await first.ClosedAsync());
        await second.AnswersAsync();
    }

    [Fact(DisplayName = "Who is revoked is cut within five seconds: a page of a disabled account, the socket of a deleted device")]
    public async Task Revoked()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("user"));
        var device = await Fleet.EnrolAsync(app, admin);
        await using var page = await HubSocket.PersonAsync(app, person.Api.Token);
        await using var socket = await HubSocket.DeviceAsync(app, device);

        var since = TimeProvider.System.GetTimestamp();
        (await admin.PatchAsync($"/api/v1/users/{person.Id}", new { disabled = true })).Is(200, 0);
        (await admin.DeleteAsync($"/api/v1/devices/{device.Id}")).Is(200, 0);

        Assert.Equal(CloseCode.NotSignedIn, await page.ClosedAsync());
        Assert.Equal(CloseCode.NotSignedIn, await socket.ClosedAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await IsRefusedAsync($"role=device&device_id={device.Id}", device.Api.Token, CloseCode.NotSignedIn);
    }

    private async Task IsRefusedAsync(string query, string? bearer, int code)
    {
        await using var socket = await HubSocket.OpenAsync(app, query, bearer);
        var error = await socket.NextAsync(FrameType.AuthError);
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Equal(code, await socket.ClosedAsync());
    }
}
