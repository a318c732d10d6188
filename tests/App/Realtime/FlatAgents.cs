using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>Agents of seed 001's channel, each with its device's token.</summary>
internal static class FlatAgents
{
    public static Task<HubClient> FlatSocketAsync(this AgentsApp app, Machine device) => app.SocketAsync($"/ws/network?token={device.Api.Token}");

    /// <summary>An agent of the device that is in, and has been told who is there.</summary>
    public static async Task<HubClient> FlatAgentAsync(this AgentsApp app, Machine device, string id, object? more = null) =>
        await (await app.FlatSocketAsync(device)).RegisteredAsync(id, more);

    public static async Task<HubClient> RegisteredAsync(this HubClient socket, string id, object? more = null)
    {
        await socket.RegisterAsync(id, more);
        await socket.ListAsync(id, online: true);
        return socket;
    }

    public static Task RegisterAsync(this HubClient socket, string id, object? more = null, string? frame = null)
    {
        var agent = JsonSerializer.SerializeToNode(more ?? new { name = $"name of {id}", role = "tester" })!.AsObject();
        agent["id"] = id;
        return socket.SayAsync(new { type = "register", id = frame ?? "register", agent });
    }

    public static Task SayAsync(this HubClient socket, object frame) => socket.SendTextAsync(JsonSerializer.Serialize(frame));

    /// <summary>The <c>agent_list</c> that says so.</summary>
    public static async Task<JsonElement> ListAsync(this HubClient socket, string agent, bool online, TimeSpan? limit = null, string? name = null)
    {
        JsonElement found = default;
        await socket.NextAsync("agent_list", list => list.GetProperty("agents").EnumerateArray().Any(each =>
        {
            found = each;
            return each.GetProperty("id").GetString() == agent && each.GetProperty("online").GetBoolean() == online
                && (name is null || each.GetProperty("name").GetString() == name);
        }), limit);
        return found;
    }

    /// <summary>As its device signs it: the agent's id, name and role, line by line.</summary>
    public static Task RegisterSignedAsync(this HubClient socket, ECDsa key, string agent, string frame, string name = "signed", string role = "", long? at = null)
    {
        var ts = at ?? TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var sig = FrameSignature.Sign(key, frame, FrameType.AgentRegister, ts, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{agent}\n{name}\n{role}")));
        return socket.SayAsync(new { type = "register", id = frame, ts, sig, agent = new { id = agent, name, role } });
    }
}
