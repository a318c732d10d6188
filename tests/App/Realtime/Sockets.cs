using System.Security.Cryptography;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>The three kinds of peer, each let in through the gateway.</summary>
internal static class Sockets
{
    public static Uri Gateway(this AgentsApp app) => app.App.GetEndpoint("gateway");

    public static Task<HubClient> SocketAsync(this AgentsApp app, string path, string? bearer = null) => HubClient.OpenAsync(app.Gateway(), path, bearer);

    public static async Task<HubClient> DeviceSocketAsync(this AgentsApp app, Machine device) =>
        await (await app.SocketAsync($"/ws?role=device&device_id={device.Id}", device.Api.Token)).JoinedAsync();

    public static async Task<HubClient> AgentSocketAsync(this AgentsApp app, string id, string token) =>
        await (await app.SocketAsync($"/ws?role=agent&agent_id={id}&agent_token={token}")).JoinedAsync();

    public static async Task<HubClient> PersonSocketAsync(this AgentsApp app, Api person, string? tab = null) =>
        await (await app.SocketAsync($"/ws?role=client&client_id={tab ?? Guid.NewGuid().ToString()}", person.Token)).JoinedAsync();

    /// <summary>A device with one agent of its own.</summary>
    public static async Task<(Machine Device, string Agent)> DeviceWithAgentAsync(AgentsApp app, Api operatorApi, ECDsa? key = null, string visibility = "public")
    {
        var device = await Fleet.EnrolAsync(app, operatorApi, key);
        return (device, await Fleet.AgentAsync(operatorApi, new { name = "of a device", device_id = device.Id, visibility }));
    }
}
