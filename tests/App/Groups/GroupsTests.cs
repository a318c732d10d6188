using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Groups;

/// <summary>What is said in a group reaches its members, whoever they are and wherever they came from.</summary>
[Collection(WholeApp.Name)]
public sealed class GroupsTests(AgentsApp app)
{
    [Fact(DisplayName = "What is said by REST, by an agent, by a device and by a page has numbers without gaps, and each member gets it in their order")]
    public async Task Everybody()
    {
        var admin = await app.AdminAsync();
        var (agent, token) = await Chat.AgentAsync(admin, "worker");
        var (listener, listens) = await Chat.AgentAsync(admin, "listener");
        var (device, carried) = await Sockets.DeviceWithAgentAsync(app, admin);
        var (hearing, heard) = await Sockets.DeviceWithAgentAsync(app, admin);
        var group = await Chat.GroupAsync(admin, null, agent, listener, carried, heard);
        await using var own = await app.AgentSocketAsync(agent, token);
        await using var machine = await app.DeviceSocketAsync(device);
        await using var page = await app.PersonSocketAsync(admin);
        await using var ears = await app.AgentSocketAsync(listener, listens);
        await using var box = await app.DeviceSocketAsync(hearing);
        await using var shows = await app.PersonSocketAsync(admin);
        await shows.JoinAsync(group);

        Assert.Equal(1, (await Chat.SayAsync(admin, group, "by REST, 你好")).Seq);
        Assert.Equal(2, (await own.SayAsync(group, "by an agent")).Seq);
        Assert.Equal(3, (await machine.SayAsync(group, "by a device", carried)).Seq);
        Assert.Equal(4, (await page.SayAsync(group, "by a page")).Seq);

        foreach (var reader in new[] { ears, box, shows })
        {
            var messages = await reader.MessagesAsync(group, 4);
            Assert.Equal([1, 2, 3, 4], messages.Select(Chat.Seq));
            Assert.Equal(["by REST, 你好", "by an agent", "by a device", "by a page"], messages.Select(Chat.Content));
            Assert.Equal(["user", "agent", "agent", "user"], messages.Select(m => m.GetProperty("from_kind").GetString()));
        }

        var listed = await admin.GetAsync($"/api/v1/groups/{group}/messages?after=1&limit=2");
        Assert.Equal(4, listed.Data.GetProperty("total").GetInt32());
        Assert.Equal([2, 3], listed.Data.GetProperty("items").EnumerateArray().Select(Chat.Seq));
        var latest = await admin.GetAsync($"/api/v1/groups/{group}/messages?before=4&limit=2");
        Assert.Equal([2, 3], latest.Data.GetProperty("items").EnumerateArray().Select(Chat.Seq));
    }

    [Fact(DisplayName = "An agent that was away gets what it has missed, all of it, in order, and what it had acknowledged not again")]
    public async Task Away()
    {
        var admin = await app.AdminAsync();
        var (agent, token) = await Chat.AgentAsync(admin);
        var group = await Chat.GroupAsync(admin, null, agent);
        await using (var before = await app.AgentSocketAsync(agent, token))
        {
            await Chat.SayAsync(admin, group, "heard 1");
            await Chat.SayAsync(admin, group, "heard 2");
            await before.MessagesAsync(group, 2);
            await before.AckAsync(group, 2);
            await before.AnswersAsync();
        }

        foreach (var n in Enumerable.Range(3, 30))
        {
            await Chat.SayAsync(admin, group, $"missed {n}");
        }

        await using var after = await app.AgentSocketAsync(agent, token);
        var missed = await after.MessagesAsync(group, 30);
        Assert.Equal(Enumerable.Range(3, 30).Select(n => (long)n), missed.Select(Chat.Seq));
        await Chat.SayAsync(admin, group, "live");
        Assert.Equal("live", (await after.MessagesAsync(group, 1))[0].Content());
    }

    [Fact(DisplayName = "Ten thousand missed messages come page by page to who reads them, also while more are said")]
    public async Task Many()
    {
        const int Missed = 10_000;
        var admin = await app.AdminAsync();
        var (agent, token) = await Chat.AgentAsync(admin);
        var (speaker, speakersToken) = await Chat.AgentAsync(admin);
        var group = await Chat.GroupAsync(admin, new { name = "many", visibility = "open", members = new[] { agent, speaker }, limits = new { per_minute = 10_000, hops = 1_000 } });
        await using (var says = await app.AgentSocketAsync(speaker, speakersToken))
        {
            for (var n = 0; n < Missed / 2; n++)
            {
                await says.SendAsync(FrameType.GroupMessage, new { group_id = group, content = $"missed {n}" });
            }

            for (var n = 0; n < Missed / 2; n++)
            {
                Assert.NotNull((await says.NextAsync(FrameType.GroupStored)).GetProperty("id").GetString());
            }

            foreach (var part in Enumerable.Range(Missed / 2, Missed / 2).Chunk(100))
            {
                await Task.WhenAll(part.Select(n => Chat.SayAsync(admin, group, $"missed {n}")));
            }

            await using var reads = await app.AgentSocketAsync(agent, token);
            var saying = Task.WhenAll(Enumerable.Range(0, 100).Select(n => Chat.SayAsync(admin, group, $"live {n}")));
            var all = await reads.MessagesAsync(group, Missed + 100, TimeSpan.FromSeconds(30));
            await saying;
            Assert.Equal(Enumerable.Range(1, Missed + 100).Select(n => (long)n), all.Select(Chat.Seq));
        }
    }

    [Fact(DisplayName = "A private group is seen by its members alone; an open one by everybody, who joins by saying something")]
    public async Task Private()
    {
        var (admin, member, stranger) = (await app.AdminAsync(), (await app.PersonAsync("user")).Api, (await app.PersonAsync("user")).Api);
        var (agent, token) = await Chat.AgentAsync(admin);
        var closed = await Chat.GroupAsync(member, new { name = "ours", members = new[] { agent } });
        var open = await Chat.GroupAsync(member, new { name = "everybody's" });

        (await stranger.GetAsync($"/api/v1/groups/{closed}")).Is(404, 2001);
        (await stranger.GetAsync($"/api/v1/groups/{closed}/messages")).Is(404, 2001);
        (await stranger.PostAsync($"/api/v1/groups/{closed}/messages", new { content = "hello" })).Is(404, 2001);
        (await stranger.PostAsync($"/api/v1/groups/{closed}/join")).Is(404, 2001);
        Assert.DoesNotContain(closed, (await stranger.GetAsync("/api/v1/groups?page_size=200")).Data.GetProperty("items").EnumerateArray().Select(g => g.GetProperty("id").GetString()));
        await Chat.SayAsync(stranger, open, "hello");
        var seen = (await stranger.GetAsync($"/api/v1/groups/{open}")).Data;
        Assert.Equal((true, 2, 0L), (seen.GetProperty("joined").GetBoolean(), seen.GetProperty("members").GetInt32(), seen.GetProperty("unread").GetInt64() - 1));
        await using var own = await app.AgentSocketAsync(agent, token);
        await Chat.SayAsync(member, closed, "among us");
        Assert.Equal("among us", (await own.MessagesAsync(closed, 1))[0].Content());
    }

    [Fact(DisplayName = "An edit and a deletion are entries of the log themselves, leave a trace, and take away what was said")]
    public async Task Changes()
    {
        var (admin, author, other) = (await app.AdminAsync(), (await app.PersonAsync("user")).Api, (await app.PersonAsync("user")).Api);
        var group = await Chat.GroupAsync(author);
        await using var page = await app.PersonSocketAsync(other);
        await page.JoinAsync(group);
        var (id, _) = await Chat.SayAsync(author, group, "first");
        var path = $"/api/v1/groups/{group}/messages/{id}";

        (await other.PatchAsync(path, new { content = "mine" })).Is(403, 1003);
        (await author.PatchAsync(path, new { content = "second" })).Is(200, 0);
        var history = (await other.GetAsync($"{path}/history")).Data.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("content").GetString());
        Assert.Equal(["first", "second"], history);
        (await other.DeleteAsync(path)).Is(403, 1003);
        (await admin.DeleteAsync(path)).Is(200, 0);
        (await author.PatchAsync(path, new { content = "third" })).Is(404, 2001);

        var live = await page.MessagesAsync(group, 3);
        Assert.Equal([("message", "first"), ("edit", "second"), ("delete", "")], live.Select(m => (m.GetProperty("kind").GetString()!, m.Content())));
        var listed = (await other.GetAsync($"/api/v1/groups/{group}/messages")).Data.GetProperty("items").EnumerateArray().ToList();
        Assert.All(listed, entry => Assert.Equal("", entry.Content()));
        Assert.Equal([1, 2, 3], listed.Select(Chat.Seq));
        Assert.Equal(["message", "edit", "delete"], (await other.GetAsync($"{path}/history")).Data.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("kind").GetString()));
    }

    [Fact(DisplayName = "What is wrong with a message is said, field by field, and nothing is stored of it")]
    public async Task Wrong()
    {
        var admin = await app.AdminAsync();
        var group = await Chat.GroupAsync(admin);

        Assert.Equal("is required", (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = "" })).Error("content"));
        Assert.Contains("at most", (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = new string('字', 11_000) })).Error("content"), StringComparison.Ordinal);
        Assert.Contains("control", (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = "a\u0007b" })).Error("content"), StringComparison.Ordinal);
        Assert.Contains("id of a message", (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = "a", reply_to = "x" })).Error("reply_to"), StringComparison.Ordinal);
        (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = "a", reply_to = Guid.NewGuid() })).Is(400, 1001);
        (await admin.PostAsync("/api/v1/groups/no-such-group/messages", new { content = "a" })).Is(404, 2001);
        (await admin.PostAsync("/api/v1/groups", new { name = "x", members = new[] { "no-such-agent" } })).Is(400, 1001);
        (await admin.PostAsync("/api/v1/groups", new { name = "x", id = group })).Is(409, 3002);
        (await admin.PatchAsync($"/api/v1/groups/{group}", new { archived = true })).Is(200, 0);
        (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = "late" })).Is(409, 3001);
        Assert.Equal(0, (await admin.GetAsync($"/api/v1/groups/{group}/messages")).Data.GetProperty("total").GetInt32());
    }
}
