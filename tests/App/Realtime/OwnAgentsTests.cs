using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>A device speaks of its own agents alone, and signs what it says of who they are.</summary>
[Collection(WholeApp.Name)]
public sealed class OwnAgentsTests(AgentsApp app)
{
    [Theory(DisplayName = "A device that speaks of another's agent is refused, and the agent stays as it is")]
    [InlineData("heartbeat", """{"agents":[{"agent_id":"THE","status":"busy","running":1}]}""", 1003)]
    [InlineData("agent/status", """{"agent_id":"THE","status":"busy"}""", 1003)]
    [InlineData("metrics", """{"points":[{"name":"cpu","value":1,"labels":{"agent_id":"THE"}}]}""", 1003)]
    [InlineData("agent/register", """{"id":"THE","name":"mine now"}""", 3002)]
    public async Task Foreign(string type, string payload, int code)
    {
        var admin = await app.AdminAsync();
        var (owner, agent) = await Sockets.DeviceWithAgentAsync(app, admin);
        await using var itsOwn = await app.DeviceSocketAsync(owner);
        await using var thief = await app.DeviceSocketAsync(await Fleet.EnrolAsync(app, admin));

        await thief.SendTextAsync($$"""{"id":"theft","type":"{{type}}","payload":{{payload.Replace("THE", agent, StringComparison.Ordinal)}}}""");

        Assert.Equal(code, await thief.ErrorAsync("theft"));
        await thief.AnswersAsync();
        var stays = await admin.GetAsync($"/api/v1/agents/{agent}");
        Assert.Equal((owner.Id, "of a device"), (stays.Text("device_id"), stays.Text("name")));
        Assert.NotEqual("busy", stays.Text("status"));
    }

    [Theory(DisplayName = "A device that says something new of who it is without end is told to wait, and nobody else is")]
    [InlineData("device/update", """{"hostname":"NEW"}""")]
    [InlineData("agent/register", """{"id":"AGENT","name":"NEW"}""")]
    public async Task TooOften(string type, string payload)
    {
        var (admin, agent) = (await app.AdminAsync(), Fleet.NewId("agent"));
        await using var device = await app.DeviceSocketAsync(await Fleet.EnrolAsync(app, admin));
        await using var other = await app.DeviceSocketAsync(await Fleet.EnrolAsync(app, admin));

        Task SendAsync(HubClient from, string id, string said) => from.SendTextAsync(
            $$"""{"id":"{{id}}","type":"{{type}}","payload":{{payload.Replace("AGENT", from == device ? agent : Fleet.NewId("agent"), StringComparison.Ordinal).Replace("NEW", said, StringComparison.Ordinal)}}}""");

        foreach (var n in Enumerable.Range(0, 600))
        {
            await SendAsync(device, "one of many", $"host-{n}");
        }

        Assert.Equal(1004, await device.ErrorAsync("one of many"));
        await device.AnswersAsync();
        await SendAsync(other, "first", "host");
        await other.SendAsync("no/such-type", new { }, "second");
        Assert.Equal("second", (await other.NextAsync(FrameType.Error)).GetProperty("ref").GetString());
    }

    [Fact(DisplayName = "A device with a key signs agent/register: unsigned, forged, altered, stale and replayed ones are refused")]
    public async Task Signed()
    {
        var (admin, key, now) = (await app.AdminAsync(), Fleet.NewKey(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var (id, payload) = (Fleet.NewId("agent"), JsonSerializer.Serialize(new { id = Fleet.NewId("agent"), name = "signed" }));
        await using var device = await app.DeviceSocketAsync(await Fleet.EnrolAsync(app, admin, key));

        Assert.Equal(1002, await AnswerAsync("unsigned", now, payload, null));
        Assert.Equal(1002, await AnswerAsync("no base64", now, payload, "?"));
        Assert.Equal(1002, await AnswerAsync("forged", now, payload, Sign(Fleet.NewKey(), "forged", now, payload)));
        Assert.Equal(1002, await AnswerAsync("altered", now, payload.Replace("signed", "altered", StringComparison.Ordinal), Sign(key, "altered", now, payload)));
        Assert.Equal(1002, await AnswerAsync("too old", now - 360, payload, Sign(key, "too old", now - 360, payload)));
        Assert.Equal(1002, await AnswerAsync("too new", now + 360, payload, Sign(key, "too new", now + 360, payload)));
        Assert.Equal(1001, await AnswerAsync("", now, payload, Sign(key, "", now, payload)));
        await SendAsync(id, now, payload, Sign(key, id, now, payload));
        await device.NextAsync("agent/list", list => list.ToString().Contains("signed", StringComparison.Ordinal));
        Assert.Equal(3002, await AnswerAsync(id, now, payload, Sign(key, id, now, payload)));

        async Task<int> AnswerAsync(string frame, long ts, string body, string? signature)
        {
            await SendAsync(frame, ts, body, signature);
            return await device.ErrorAsync(frame);
        }

        Task SendAsync(string frame, long ts, string body, string? signature) => device.SendTextAsync(
            $$"""{"id":"{{frame}}","type":"agent/register","ts":{{ts}},"payload":{{body}}{{(signature is null ? "" : $",\"sig\":\"{signature}\"")}}}""");
    }

    [Fact(DisplayName = "What a device has signed counts once: what came by a socket is refused by REST, and the other way")]
    public async Task OnceByAnyDoor()
    {
        var (admin, key, now) = (await app.AdminAsync(), Fleet.NewKey(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var (first, second) = (Fleet.NewId("message"), Fleet.NewId("message"));
        var payload = JsonSerializer.Serialize(new { id = Fleet.NewId("agent"), name = "signed" });
        var machine = await Fleet.EnrolAsync(app, admin, key);
        await using var device = await app.DeviceSocketAsync(machine);

        await SendAsync(first);
        await device.NextAsync("agent/list", list => list.ToString().Contains("signed", StringComparison.Ordinal));
        Assert.Equal(401, await PostAsync(first));
        Assert.Equal(200, await PostAsync(second));
        await SendAsync(second);
        Assert.Equal(3002, await device.ErrorAsync(second));

        Task SendAsync(string id) => device.SendTextAsync(
            $$"""{"id":"{{id}}","type":"agent/register","ts":{{now}},"payload":{{payload}},"sig":"{{Sign(key, id, now, payload)}}"}""");

        async Task<int> PostAsync(string id) => (await machine.Api.PostAsync(
            "/api/v1/agents/register", new StringContent(payload, Encoding.UTF8, "application/json"), ("X-Message-Id", id), ("X-Message-Time", $"{now}"), ("X-Signature", Sign(key, id, now, payload)))).Status;
    }

    private static string Sign(ECDsa key, string id, long ts, string payload) =>
        FrameSignature.Sign(key, id, FrameType.AgentRegister, ts, Encoding.UTF8.GetBytes(payload));
}
