using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Who is cut off, and when.</summary>
[Collection(WholeApp.Name)]
public sealed class CutTests(AgentsApp app)
{
    private static readonly TimeSpan InForce = TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "A newer connection of the same device, agent or tab takes the place of the former, which is told 4409")]
    public async Task Replaced()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "alone", token = "the agent's own token" });

        foreach (var open in new Func<Task<HubClient>>[]
        {
            () => app.DeviceSocketAsync(device), () => app.AgentSocketAsync(agent, "the agent's own token"), () => app.PersonSocketAsync(admin, "one tab"),
        })
        {
            await using var former = await open();
            await using var newer = await open();
            await former.ClosedWithAsync(4409);
            await newer.AnswersAsync();
        }
    }

    [Fact(DisplayName = "A person who signs out or is blocked is cut with 4401 within 5 s; another's socket stays")]
    public async Task Revoked()
    {
        var (one, two) = (await app.PersonAsync("user"), await app.PersonAsync("user"));
        await using var cut = await app.PersonSocketAsync(one.Api);
        await using var otherTab = await app.PersonSocketAsync(one.Api);
        await using var stays = await app.PersonSocketAsync(two.Api);

        (await one.Api.PostAsync("/api/v1/auth/logout")).Is(200, 0);

        await cut.ClosedWithAsync(4401, InForce);
        await otherTab.ClosedWithAsync(4401, InForce);
        await stays.AnswersAsync();
        await using var again = await app.SocketAsync("/ws?role=client", one.Api.Token);
        await again.ClosedWithAsync(4401);
        (await (await app.AdminAsync()).PatchAsync($"/api/v1/users/{two.Id}", new { disabled = true })).Is(200, 0);
        await stays.ClosedWithAsync(4401, InForce);
    }

    [Fact(DisplayName = "A deleted device is cut with 4401 within 5 s, and its token lets nobody in")]
    public async Task DeletedDevice()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);
        await using var cut = await app.DeviceSocketAsync(device);

        (await admin.DeleteAsync($"/api/v1/devices/{device.Id}")).Is(200, 0);

        await cut.ClosedWithAsync(4401, InForce);
        await using var again = await app.SocketAsync($"/ws?role=device&device_id={device.Id}", device.Api.Token);
        await again.ClosedWithAsync(4401);
    }

    [Fact(DisplayName = "An agent whose token is another now is cut with 4401 within 5 s, and comes back with the new one alone")]
    public async Task NewToken()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "alone", token = "the agent's first token" });
        await using var cut = await app.AgentSocketAsync(agent, "the agent's first token");

        (await admin.PatchAsync($"/api/v1/agents/{agent}", new { token = "the agent's second token" })).Is(200, 0);

        await cut.ClosedWithAsync(4401, InForce);
        await using var old = await app.SocketAsync($"/ws?role=agent&agent_id={agent}&agent_token=the agent's first token");
        await old.ClosedWithAsync(4401);
        await using var back = await app.AgentSocketAsync(agent, "the agent's second token");
        await back.AnswersAsync();
    }
}
