using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Groups;

/// <summary>A device that signs, with one agent.</summary>
internal sealed record SignedMachine(Machine Device, string Agent, ECDsa Key)
{
    public static async Task<SignedMachine> NewAsync(AgentsApp app, Api admin)
    {
        var key = Fleet.NewKey();
        var (device, agent) = await Sockets.DeviceWithAgentAsync(app, admin, key);
        return new(device, agent, key);
    }

    /// <summary>By a socket of the device; answered when it is stored.</summary>
    public async Task<string> SayAsync(HubClient by, string group, string content)
    {
        var (id, payload) = (Fleet.NewId("frame"), Json(new { group_id = group, agent_id = Agent, content }));
        await SendAsync(by, id, payload, SignatureOf(id, FrameType.GroupMessage, payload));
        return (await by.NextAsync(FrameType.GroupStored, stored => stored.GetProperty("ref").GetString() == id)).GetProperty("id").GetString()!;
    }

    public static Task SendAsync(HubClient by, string id, byte[] payload, string sig) =>
        by.SendTextAsync($$"""{"id":"{{id}}","type":"group/message","ts":{{Now}},"payload":{{Encoding.UTF8.GetString(payload)}},"sig":"{{sig}}"}""");

    /// <summary>By REST, with this body.</summary>
    public Task<Answer> PostAsync(string group, object body, string? id = null, ECDsa? by = null, long late = 0, byte[]? signed = null) =>
        SendAsync(HttpMethod.Post, $"/api/v1/groups/{group}/messages", FrameType.GroupMessage, Json(body), id, by, late, signed);

    public Task<Answer> PatchAsync(string group, string message, object body, string type = FrameType.GroupEdit) =>
        SendAsync(HttpMethod.Patch, $"/api/v1/groups/{group}/messages/{message}", type, Json(body), null, null, 0, null);

    public string SignatureOf(string id, string type, byte[] payload, long late = 0) => FrameSignature.Sign(Key, id, type, Now - late, payload);

    public static byte[] Json(object body) => JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options);

    /// <summary>The device's keys, as anybody reads them.</summary>
    public async Task<IReadOnlyList<DeviceKeyPeriod>> KeysAsync(Api reader)
    {
        var keys = await reader.GetAsync($"/api/v1/devices/{Device.Id}/keys");
        keys.Is(200, 0);
        return keys.Data.GetProperty("items").Deserialize<List<DeviceKeyPeriod>>(WireJson.Options)!;
    }

    public static async Task<IReadOnlyList<GroupEntry>> LogAsync(Api reader, string group) =>
        (await reader.GetAsync($"/api/v1/groups/{group}/messages?after=0")).Data.GetProperty("items").Deserialize<List<GroupEntry>>(WireJson.Options)!;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private Task<Answer> SendAsync(HttpMethod method, string path, string type, byte[] body, string? id, ECDsa? by, long late, byte[]? signed)
    {
        var message = id ?? Fleet.NewId("message");
        return Device.Api.SendAsync(
            method, path, new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            ("X-Message-Id", message), ("X-Message-Time", $"{Now - late}"), ("X-Signature", FrameSignature.Sign(by ?? Key, message, type, Now - late, signed ?? body)));
    }
}
