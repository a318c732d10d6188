using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Groups;

/// <summary>Groups, as a test meets them.</summary>
internal static class Chat
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>An agent that is a process of its own.</summary>
    public static async Task<(string Id, string Token)> AgentAsync(Api admin, string? name = null)
    {
        var token = Guid.NewGuid().ToString("N");
        return (await Fleet.AgentAsync(admin, new { name = name ?? Fleet.NewId("name"), type = "worker", capabilities = Array.Empty<string>(), concurrency = 1, token }), token);
    }

    public static async Task<string> GroupAsync(Api by, object? more = null, params string[] members)
    {
        var made = await by.PostAsync("/api/v1/groups", more ?? new { name = "a group", members, visibility = "open" });
        made.Is(201, 0);
        return made.Text("id");
    }

    public static async Task<(string Id, long Seq)> SayAsync(Api by, string group, string content, string? replyTo = null)
    {
        var said = await by.PostAsync($"/api/v1/groups/{group}/messages", new { content, reply_to = replyTo });
        said.Is(201, 0);
        return (said.Text("id"), said.Data.GetProperty("seq").GetInt64());
    }

    /// <summary>By a socket; answered when it is stored.</summary>
    public static async Task<(string Id, long Seq)> SayAsync(this HubClient by, string group, string content, string? agentId = null, string? replyTo = null)
    {
        var id = Guid.NewGuid().ToString();
        await by.SendAsync(FrameType.GroupMessage, new { group_id = group, content, agent_id = agentId, reply_to = replyTo }, id);
        var stored = await by.NextAsync(FrameType.GroupStored, said => said.GetProperty("ref").GetString() == id);
        return (stored.GetProperty("id").GetString()!, stored.GetProperty("seq").GetInt64());
    }

    public static async Task<JsonElement> JoinAsync(this HubClient by, string group, string? agentId = null, long? after = null)
    {
        var id = Guid.NewGuid().ToString();
        await by.SendAsync(FrameType.GroupJoin, new { group_id = group, agent_id = agentId, after }, id);
        return await by.NextAsync(FrameType.GroupJoined, joined => joined.GetProperty("ref").GetString() == id);
    }

    /// <summary>The next so many of the group's messages, which have to come in the order of their numbers.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MessagesAsync(this HubClient to, string group, int count, TimeSpan? limit = null)
    {
        List<JsonElement> messages = [];
        while (messages.Count < count)
        {
            messages.Add(await to.NextAsync(FrameType.GroupMessage, message => message.GetProperty("group_id").GetString() == group, limit));
        }

        return messages;
    }

    /// <summary>The first entry of its log that is the one wanted, when it is there.</summary>
    public static async Task<JsonElement> EntryAsync(this Api reader, string group, Func<JsonElement, bool> isIt)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(
            async () => (found = (await reader.EntriesAsync(group)).FirstOrDefault(isIt)).ValueKind is not JsonValueKind.Undefined, Limit, "the group is told");
        return found;
    }

    public static async Task<IReadOnlyList<JsonElement>> EntriesAsync(this Api reader, string group)
    {
        var page = await reader.GetAsync($"/api/v1/groups/{group}/messages?limit=100");
        page.Is(200, 0);
        return [.. page.Data.GetProperty("items").EnumerateArray()];
    }

    public static string Kind(this JsonElement entry) => entry.GetProperty("kind").GetString()!;

    public static long Seq(this JsonElement message) => message.GetProperty("seq").GetInt64();

    public static string Content(this JsonElement message) => message.GetProperty("content").GetString()!;

    public static Task AckAsync(this HubClient by, string group, long seq) => by.SendAsync(FrameType.GroupAck, new { group_id = group, seq });
}
