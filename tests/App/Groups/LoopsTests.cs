using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Groups;

/// <summary>Agents that talk to each other come to an end.</summary>
[Collection(WholeApp.Name)]
public sealed class LoopsTests(AgentsApp app)
{
    [Theory(DisplayName = "Two agents that answer each other are stopped after so many hops, the group is told, and a person lets them go on")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hops(bool inThread)
    {
        var admin = await app.AdminAsync();
        var (ping, pings) = await Chat.AgentAsync(admin);
        var (pong, pongs) = await Chat.AgentAsync(admin);
        var group = await Chat.GroupAsync(admin, new { name = "loop", visibility = "open", members = new[] { ping, pong }, limits = new { hops = 6 } });
        await using var first = await app.AgentSocketAsync(ping, pings);
        await using var second = await app.AgentSocketAsync(pong, pongs);
        var (last, _) = await Chat.SayAsync(admin, group, "begin");

        for (var n = 0; n < 6; n++)
        {
            (last, _) = await (n % 2 == 0 ? first : second).SayAsync(group, $"hop {n + 1}", replyTo: inThread ? last : null);
        }

        Assert.Equal(3001, await RefusedAsync(first, group, inThread ? last : null));
        Assert.Equal(3001, await RefusedAsync(second, group, inThread ? last : null));
        var entries = (await admin.GetAsync($"/api/v1/groups/{group}/messages")).Data.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], entries.Where(e => e.GetProperty("kind").GetString() == "message").Select(e => e.TryGetProperty("hop", out var hop) ? hop.GetInt32() : 0));
        var notice = Assert.Single(entries, e => e.GetProperty("kind").GetString() == "notice");
        Assert.Contains("6 messages of agents", notice.Content(), StringComparison.Ordinal);

        await Chat.SayAsync(admin, group, "go on", inThread ? last : null);
        await first.SayAsync(group, "with pleasure", replyTo: inThread ? last : null);
    }

    [Fact(DisplayName = "Agents that say more in a minute than a group wants are stopped; people are not")]
    public async Task PerMinute()
    {
        var admin = await app.AdminAsync();
        var (agent, token) = await Chat.AgentAsync(admin);
        var group = await Chat.GroupAsync(admin, new { name = "much", visibility = "open", members = new[] { agent }, limits = new { per_minute = 5 } });
        await using var talks = await app.AgentSocketAsync(agent, token);
        await Chat.SayAsync(admin, group, "tell");
        for (var n = 0; n < 5; n++)
        {
            await talks.SayAsync(group, $"thing {n}");
        }

        Assert.Equal(3001, await RefusedAsync(talks, group, null));
        for (var n = 0; n < 10; n++)
        {
            await Chat.SayAsync(admin, group, $"a person's {n}");
        }
    }

    private static async Task<int> RefusedAsync(HubClient by, string group, string? replyTo)
    {
        var id = Guid.NewGuid().ToString();
        await by.SendAsync(FrameType.GroupMessage, new { group_id = group, content = "once more", reply_to = replyTo }, id);
        return await by.ErrorAsync(id);
    }
}
