using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Groups;

/// <summary>Who is mentioned is told at once, or when he comes, until he has said that he has seen it.</summary>
[Collection(WholeApp.Name)]
public sealed class MentionsTests(AgentsApp app)
{
    [Fact(DisplayName = "Mentions reach agents on two devices and a person at once, lie in their inboxes, and go when they are acknowledged")]
    public async Task AtOnce()
    {
        var (admin, person) = (await app.AdminAsync(), (await app.PersonAsync("user")).Api);
        var me = (await person.GetAsync("/api/v1/auth/me")).Text("id");
        var (device, carried) = await Sockets.DeviceWithAgentAsync(app, admin);
        var (agent, token) = await Chat.AgentAsync(admin, "老邢");
        var group = await Chat.GroupAsync(admin, new { name = "devs", members = new[] { agent, carried, $"user:{me}" } });
        await using var own = await app.AgentSocketAsync(agent, token);
        await using var machine = await app.DeviceSocketAsync(device);
        await using var page = await app.PersonSocketAsync(person);

        var (id, seq) = await Chat.SayAsync(admin, group, $"@老邢请看, and @{carried}, and @user:{me}: not `@all`");

        foreach (var (reader, whose) in new[] { (own, agent), (machine, carried), (page, null) })
        {
            var mention = await reader.NextAsync(FrameType.Mention);
            Assert.Equal((id, seq, group), (mention.GetProperty("id").GetString(), mention.Seq(), mention.GetProperty("group_id").GetString()));
            Assert.Equal(whose, mention.TryGetProperty("agent_id", out var named) ? named.GetString() : null);
        }

        await own.SendAsync(FrameType.InboxAck, new { ids = new[] { id } });
        await own.AnswersAsync();
        Assert.Equal((bool[])[true], await ReadAsync(admin, $"/api/v1/agents/{agent}/inbox"));
        Assert.Equal((bool[])[false], await ReadAsync(device.Api, $"/api/v1/agents/{carried}/inbox"));
        (await device.Api.PostAsync($"/api/v1/agents/{carried}/inbox/ack", new { all = true })).Is(200, 0);
        Assert.Empty(await ReadAsync(device.Api, $"/api/v1/agents/{carried}/inbox?unread=true"));
        Assert.Equal((bool[])[false], await ReadAsync(person, "/api/v1/inbox"));
        (await person.PostAsync("/api/v1/inbox/ack", new { ids = new[] { id } })).Is(200, 0);
        Assert.Equal((bool[])[true], await ReadAsync(person, "/api/v1/inbox"));
        (await person.GetAsync($"/api/v1/agents/{agent}/inbox")).Is(404, 2001);
    }

    [Fact(DisplayName = "Who was away is told of each mention once it comes, once, and again after the next cut until it has acknowledged it")]
    public async Task Away()
    {
        var admin = await app.AdminAsync();
        var (agent, token) = await Chat.AgentAsync(admin);
        var group = await Chat.GroupAsync(admin, null, agent);
        var (first, _) = await Chat.SayAsync(admin, group, "@all come");
        var (second, _) = await Chat.SayAsync(admin, group, $"@{agent} too");

        await using (var came = await app.AgentSocketAsync(agent, token))
        {
            Assert.Equal(first, (await came.NextAsync(FrameType.Mention)).GetProperty("id").GetString());
            Assert.Equal(second, (await came.NextAsync(FrameType.Mention)).GetProperty("id").GetString());
            await came.SendAsync(FrameType.InboxAck, new { ids = new[] { first } });
            await came.AnswersAsync();
            Assert.DoesNotContain(came.Waiting(), frame => frame.Type == FrameType.Mention);
        }

        await using var again = await app.AgentSocketAsync(agent, token);
        Assert.Equal(second, (await again.NextAsync(FrameType.Mention)).GetProperty("id").GetString());
        await again.AnswersAsync();
        Assert.DoesNotContain(again.Waiting(), frame => frame.Type == FrameType.Mention);
    }

    [Fact(DisplayName = "A name that two have is offered and nobody is told; a post's name tells all that have it")]
    public async Task Names()
    {
        var admin = await app.AdminAsync();
        var (one, other) = ((await Chat.AgentAsync(admin, "Sam")).Id, (await Chat.AgentAsync(admin, "sam")).Id);
        var postName = Fleet.NewId("devops");
        var post = (await admin.PostAsync("/api/v1/posts", new { name = postName, description = "", template = new { } })).Text("id");
        var posted = await Fleet.AgentAsync(admin, new { name = "has the post", post_id = post });
        var group = await Chat.GroupAsync(admin, null, one, other, posted);

        var said = await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = $"@Sam, or @post:{postName}, which?" });

        var offered = Assert.Single(said.Data.GetProperty("offered").EnumerateArray());
        Assert.Equal("@Sam", offered.GetProperty("text").GetString());
        Assert.Equal(new[] { one, other }.Order(), offered.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("id").GetString()!).Order());
        Assert.Empty(await ReadAsync(admin, $"/api/v1/agents/{one}/inbox"));
        Assert.Equal((bool[])[false], await ReadAsync(admin, $"/api/v1/agents/{posted}/inbox"));
        await Chat.SayAsync(admin, group, $"@{other}");
        Assert.Equal((bool[])[false], await ReadAsync(admin, $"/api/v1/agents/{other}/inbox"));
    }

    private static async Task<bool[]> ReadAsync(Api by, string path)
    {
        var inbox = await by.GetAsync(path);
        inbox.Is(200, 0);
        return [.. inbox.Data.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("read").GetBoolean())];
    }
}
