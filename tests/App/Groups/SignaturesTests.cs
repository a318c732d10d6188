using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Tests.App.Daemon;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Groups;

/// <summary>What a device with a key says can be checked by every reader, and nobody else can say it.</summary>
[Collection(WholeApp.Name)]
public sealed class SignaturesTests(AgentsApp app)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact(DisplayName = "What was signed comes with the message, by socket and by REST, and any reader's own check and ccc verify find it right")]
    public async Task Kept()
    {
        var admin = await app.AdminAsync();
        var (machine, other) = (await SignedMachine.NewAsync(app, admin), await Fleet.EnrolAsync(app, admin));
        var group = await Chat.GroupAsync(admin, null, machine.Agent);
        await using var page = await app.PersonSocketAsync(admin);
        await page.JoinAsync(group);
        await using (var socket = await app.DeviceSocketAsync(machine.Device))
        {
            await machine.SayAsync(socket, group, "by a socket, 你好\n\"quoted\"");
        }

        (await machine.PostAsync(group, new { content = "by REST", group_id = group })).Is(201, 0);
        await Chat.SayAsync(admin, group, "by a person");

        var live = (await page.MessagesAsync(group, 3)).Select(message => message.Deserialize<GroupEntry>(WireJson.Options)!).ToList();
        var keys = await machine.KeysAsync(other.Api);
        foreach (var log in new[] { live, await SignedMachine.LogAsync(other.Api, group) })
        {
            Assert.Equal([EntryVerdict.Verified, EntryVerdict.Verified, EntryVerdict.Unsigned], log.Select(entry => EntryCheck.Of(entry, keys).Verdict));
        }

        Assert.Equal((0, 2, 1, 0), await VerifyAsync(group));
    }

    [Theory(DisplayName = "What is changed in the database is found: ccc verify says forged, which entry and why, and ends with 1")]
    [InlineData("UPDATE group_entries SET content = 'never said' WHERE group_id = $1 AND seq = 2 RETURNING 1", "another content")]
    [InlineData("UPDATE group_entries SET signature = NULL, content = 'never said' WHERE group_id = $1 AND seq = 2 RETURNING 1", "not signed")]
    [InlineData("UPDATE group_entries SET content = 'never said', edited_at = now() WHERE group_id = $1 AND seq = 2 RETURNING 1", "last edit")]
    [InlineData("UPDATE group_entries SET at = at - interval '1 day' WHERE group_id = $1 AND seq = 2 RETURNING 1", "did not have then")]
    [InlineData("DELETE FROM group_entries WHERE group_id = $1 AND seq = 2 RETURNING 1", "missing")]
    public async Task Tampered(string sql, string why)
    {
        var admin = await app.AdminAsync();
        var machine = await SignedMachine.NewAsync(app, admin);
        var group = await Chat.GroupAsync(admin, null, machine.Agent);
        foreach (var content in new[] { "first", "second", "third" })
        {
            (await machine.PostAsync(group, new { content, group_id = group })).Is(201, 0);
        }

        Assert.Equal((0, 3, 0, 0), await VerifyAsync(group));
        await AgeAsync(machine);
        await Database.SingleAsync(app.App, "realtimedb", sql, group);

        await using var ccc = await SignedInAsync();
        var said = (await ccc.RunAsync("verify", group)).Is(1);
        Assert.Contains(why, said.Output, StringComparison.Ordinal);
        Assert.Contains("1 forged.", said.Output, StringComparison.Ordinal);
        (await ccc.RunAsync("verify", group, "--after", "3")).Is(0);
        Assert.Contains("no group", (await ccc.RunAsync("verify", Fleet.NewId("group"))).Is(1).Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "By REST a device with a key must sign: unsigned, forged, stale, replayed, or signed for another group is refused, and stands in the audit")]
    public async Task Refused()
    {
        var admin = await app.AdminAsync();
        var machine = await SignedMachine.NewAsync(app, admin);
        var (group, other) = (await Chat.GroupAsync(admin, null, machine.Agent), await Chat.GroupAsync(admin, null, machine.Agent));
        var (body, id) = (new { content = "signed", group_id = group }, Fleet.NewId("message"));

        var unsigned = await machine.Device.Api.PostAsync($"/api/v1/groups/{group}/messages", body);
        unsigned.Is(403, 1003);
        Assert.Contains("X-Message-Id", unsigned.Message, StringComparison.Ordinal);
        (await machine.PostAsync(group, body, by: Fleet.NewKey())).Is(403, 1003);
        (await machine.PostAsync(group, body, signed: SignedMachine.Json(new { content = "other", group_id = group }))).Is(403, 1003);
        (await machine.PostAsync(group, body, late: 301)).Is(403, 1003);
        (await machine.PostAsync(group, body, late: -360)).Is(403, 1003);
        Assert.Contains("path", (await machine.PostAsync(other, body)).Error("group_id"), StringComparison.Ordinal);
        (await machine.PostAsync(group, new { content = "signed" })).Is(400, 1001);
        (await machine.PostAsync(group, body, id)).Is(201, 0);
        (await machine.PostAsync(group, body, id)).Is(409, 3002);

        Assert.Single(await SignedMachine.LogAsync(admin, group));
        Assert.Empty(await SignedMachine.LogAsync(admin, other));
        await AuditedAsync(machine.Device.Id, group, "Missing", "Forged", "OffTime", "Replayed");
        await AuditedAsync(machine.Device.Id, "", "Misplaced");
    }

    [Fact(DisplayName = "A forged or replayed message on a socket stands in the audit, with its device and group, and not in the group")]
    public async Task RefusedOnASocket()
    {
        var admin = await app.AdminAsync();
        var machine = await SignedMachine.NewAsync(app, admin);
        var group = await Chat.GroupAsync(admin, null, machine.Agent);
        await using var socket = await app.DeviceSocketAsync(machine.Device);
        var (id, payload) = (Fleet.NewId("frame"), SignedMachine.Json(new { group_id = group, agent_id = machine.Agent, content = "said once" }));
        var sig = machine.SignatureOf(id, FrameType.GroupMessage, payload);

        await SignedMachine.SendAsync(socket, "forged", payload, sig);
        Assert.Equal(1002, await socket.ErrorAsync("forged"));
        await SignedMachine.SendAsync(socket, id, payload, sig);
        await socket.NextAsync(FrameType.GroupStored);
        await SignedMachine.SendAsync(socket, id, payload, sig);
        Assert.Equal(3002, await socket.ErrorAsync(id));
        await socket.SendAsync(FrameType.GroupMessage, new { group_id = group, agent_id = machine.Agent, content = "unsigned" }, "unsigned");
        Assert.Equal(1002, await socket.ErrorAsync("unsigned"));
        var padded = SignedMachine.Json(new { group_id = group, agent_id = machine.Agent, content = "short", more = new string('x', SaidText.MaxSignedBytes) });
        await SignedMachine.SendAsync(socket, "padded", padded, machine.SignatureOf("padded", FrameType.GroupMessage, padded));
        Assert.Equal(1001, await socket.ErrorAsync("padded"));

        await AuditedAsync(machine.Device.Id, group, "Forged", "Replayed", "Missing");
        Assert.Equal((0, 1, 0, 0), await VerifyAsync(group));
    }

    [Fact(DisplayName = "An edit is signed as a message is, for one message of one group; ccc verify checks it, also after the message is deleted")]
    public async Task Edits()
    {
        var admin = await app.AdminAsync();
        var machine = await SignedMachine.NewAsync(app, admin);
        var group = await Chat.GroupAsync(admin, null, machine.Agent);
        var message = (await machine.PostAsync(group, new { content = "first", group_id = group })).Text("id");
        var other = (await machine.PostAsync(group, new { content = "second", group_id = group })).Text("id");
        var edit = new { content = "put right", group_id = group, message_id = message };

        (await machine.Device.Api.PatchAsync($"/api/v1/groups/{group}/messages/{message}", edit)).Is(403, 1003);
        (await machine.PatchAsync(group, message, edit, FrameType.GroupMessage)).Is(403, 1003);
        Assert.Contains("path", (await machine.PatchAsync(group, other, edit)).Error("message_id"), StringComparison.Ordinal);
        (await machine.PatchAsync(group, message, edit)).Is(200, 0);
        Assert.Equal((0, 3, 0, 0), await VerifyAsync(group));

        (await machine.Device.Api.DeleteAsync($"/api/v1/groups/{group}/messages/{message}")).Is(200, 0);
        Assert.Equal((0, 1, 3, 0), await VerifyAsync(group));
        await Database.SingleAsync(app.App, "realtimedb", "UPDATE group_entries SET deleted_at = now(), content = '', signature = NULL WHERE id = $1 RETURNING 1", Guid.Parse(other));
        Assert.Equal((1, 0, 3, 1), await VerifyAsync(group));
    }

    [Fact(DisplayName = "A device that is enrolled again with another key signs with that one, and what it signed before is still found right")]
    public async Task NewKey()
    {
        var admin = await app.AdminAsync();
        var machine = await SignedMachine.NewAsync(app, admin);
        var group = await Chat.GroupAsync(admin, null, machine.Agent);
        (await machine.PostAsync(group, new { content = "old key", group_id = group })).Is(201, 0);
        var again = machine with { Key = Fleet.NewKey() };
        var enrolled = await Fleet.RegisterAsync(app, await Fleet.TokenAsync(admin, machine.Device.Id), machine.Device.Id, again.Key);
        again = again with { Device = new(machine.Device.Id, app.Anonymous().With(enrolled.Text("device_token"))) };

        (await again.PostAsync(group, new { content = "old key", group_id = group }, by: machine.Key)).Is(403, 1003);
        (await again.PostAsync(group, new { content = "new key", group_id = group })).Is(201, 0);

        var keys = await again.KeysAsync((await app.PersonAsync("viewer")).Api);
        Assert.Equal([Fleet.Public(machine.Key), Fleet.Public(again.Key)], keys.Select(key => key.PublicKey));
        Assert.Equal((keys[1].SignsFrom, (DateTimeOffset?)null), (keys[0].SignsUntil, keys[1].SignsUntil));
        Assert.Equal((0, 2, 0, 0), await VerifyAsync(group));
        (await admin.DeleteAsync($"/api/v1/devices/{machine.Device.Id}")).Is(200, 0);
        Assert.NotNull((await again.KeysAsync(admin))[1].SignsUntil);
        Assert.Equal((0, 2, 0, 0), await VerifyAsync(group));
    }

    [Fact(DisplayName = "A device without a key need not sign, nor an agent with a token of its own, and what they say is unsigned; a group_id that is not the path's is refused to anybody")]
    public async Task NoKey()
    {
        var admin = await app.AdminAsync();
        var (device, agent) = await Sockets.DeviceWithAgentAsync(app, admin);
        var group = await Chat.GroupAsync(admin, null, agent);

        (await device.Api.PostAsync($"/api/v1/groups/{group}/messages", new { content = "unsigned" })).Is(201, 0);
        (await device.Api.PostAsync($"/api/v1/groups/{group}/messages", new { content = "unsigned", group_id = "other" })).Is(400, 1001);
        (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = "unsigned", group_id = "other" })).Is(400, 1001);
        var signing = await SignedMachine.NewAsync(app, admin);
        var own = Guid.NewGuid().ToString("N");
        var alone = await Fleet.AgentAsync(admin, new { name = "by itself", device_id = signing.Device.Id, token = own });
        await using var socket = await app.AgentSocketAsync(alone, own);
        await socket.SayAsync(group, "with a token of its own");
        await AgeAsync(signing);

        Assert.Equal((0, 0, 2, 0), await VerifyAsync(group));
    }

    /// <summary>In a key's first minute nobody can be certain that it was there already.</summary>
    private Task AgeAsync(SignedMachine machine) => Database.SingleAsync(
        app.App, "registrydb", "UPDATE device_keys SET signs_from = signs_from - interval '1 hour' WHERE device_id = $1 RETURNING 1", machine.Device.Id);

    private async Task<Ccc> SignedInAsync()
    {
        var ccc = new Ccc();
        (await ccc.RunWithInputAsync(AgentsApp.AdminPassword, "login", app.App.GetEndpoint("gateway").ToString(), "--email", "admin@localhost", "--password-stdin")).Is(0);
        return ccc;
    }

    private async Task<(int ExitCode, int Verified, int Unsigned, int Forged)> VerifyAsync(string group)
    {
        await using var ccc = await SignedInAsync();
        var said = await ccc.RunAsync("verify", group, "--json");
        Assert.True(said.Output.Length > 0, said.Error);
        return (said.ExitCode, Count("verified"), Count("unsigned"), Count("forged"));

        int Count(string what) => said.Json.GetProperty(what).GetInt32();
    }

    private Task AuditedAsync(string device, string group, params string[] reasons) => Eventually.TrueAsync(
        async () =>
        {
            var told = await Database.SingleAsync(
                app.App, "realtimedb",
                "SELECT coalesce(string_agg(detail, ' '), '') FROM audit_outbox WHERE actor = $1 AND action = 'message.refused' AND outcome = 'refused' AND ($2 = '' OR target = $2)",
                device, group);
            return reasons.All(reason => ((string)told[0]).Contains($"group/message: {reason}", StringComparison.Ordinal));
        },
        Soon, $"refusals for {string.Join(", ", reasons)} are in the audit");
}
