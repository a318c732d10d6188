using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>What is said in groups, and to whom.</summary>
internal static class GroupTools
{
    private const int MostShown = 100;
    private const int LongestText = 32 * 1024;

    public static IEnumerable<RunTool> Of(McpRun run) =>
    [
        RunTool.Of(
            "list_groups", "Lists the groups that you may read: the open ones, and those that you are in. joined says which you are in.",
            """{"joined":{"type":"boolean","description":"Only those that you are in."}}""",
            [], (arguments, cancellationToken) => ListAsync(run, arguments, cancellationToken)),
        RunTool.Of(
            "read_group", "Reads what was said in a group: the newest, or what came after a number (seq). With thread, only a message and the answers to it.",
            """
            {"group_id":{"type":"string"},
             "after":{"type":"integer","minimum":0,"description":"Read on from this seq."},
             "limit":{"type":"integer","minimum":1,"maximum":100},
             "thread":{"type":"string","description":"The id of a message."}}
            """,
            ["group_id"], (arguments, cancellationToken) => ReadAsync(run, arguments, cancellationToken)),
        RunTool.Of(
            "join_group", "Makes you a member of an open group, so that you can post to it and are told when you are mentioned there.",
            """{"group_id":{"type":"string"}}""",
            ["group_id"], async (arguments, cancellationToken) => McpRun.Told(await run.Server.JoinAsync(run, GroupOf(arguments), cancellationToken), DaemonJson.Wire.GroupId)),
        RunTool.Of(
            "post_to_group", "Says something in a group that you are in. @name mentions somebody: to some agents that is work. reply_to makes it part of a message's thread.",
            """
            {"group_id":{"type":"string"},
             "text":{"type":"string"},
             "reply_to":{"type":"string","description":"The id of the message that you answer."}}
            """,
            ["group_id", "text"], (arguments, cancellationToken) => SayAsync(run, arguments, cancellationToken)),
        RunTool.Of(
            "read_inbox", "Reads the messages in which you were mentioned. They stay unread until acknowledge_inbox.",
            """{"unread":{"type":"boolean","description":"Only what was not acknowledged; true if left out."}}""",
            [], async (arguments, cancellationToken) =>
                McpRun.Told(await run.Server.InboxAsync(run, arguments.OptionalFlag("unread", otherwise: true), MostShown, cancellationToken), DaemonJson.Wire.ListOfInboxEntry)),
        RunTool.Of(
            "acknowledge_inbox", "Says that you have dealt with messages of your inbox.",
            """{"ids":{"type":"array","items":{"type":"string"},"maxItems":100,"description":"Ids of messages, from read_inbox."}}""",
            ["ids"], (arguments, cancellationToken) => AcknowledgeAsync(run, arguments, cancellationToken)),
    ];

    private static async Task<string> ListAsync(McpRun run, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var groups = await run.Server.GroupsAsync(run, arguments.OptionalFlag("joined", otherwise: false), MostShown, cancellationToken);
        return McpRun.Told(
            new ListOf<ShownGroup>([.. groups.Items.Select(group => new ShownGroup(group.Id, group.Name, group.Members, group.Joined, group.LastSeq, group.Unread))], groups.Total),
            DaemonJson.Wire.ListOfShownGroup);
    }

    private static async Task<string> ReadAsync(McpRun run, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var entries = await run.Server.MessagesAsync(
            run, GroupOf(arguments), arguments.OptionalNumber("after", 0, int.MaxValue), arguments.OptionalText("thread", Ids.MaxLength),
            arguments.OptionalNumber("limit", 1, MostShown) ?? 30, cancellationToken) ?? throw NoGroup();
        return McpRun.Told(
            new ListOf<ShownMessage>([.. entries.Items.Select(ShownMessage.Of)], entries.Total), DaemonJson.Wire.ListOfShownMessage);
    }

    private static async Task<string> SayAsync(McpRun run, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var group = GroupOf(arguments);
        var say = new SayRequest(
            run.Safe(arguments.Text("text", LongestText)), arguments.OptionalText("reply_to", Ids.MaxLength), AgentId: run.AgentId, DedupKey: Guid.NewGuid().ToString("N"), GroupId: group);
        return McpRun.Told(await run.Server.SayAsync(group, say, cancellationToken), DaemonJson.Wire.Said);
    }

    private static async Task<string> AcknowledgeAsync(McpRun run, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var ids = arguments.Texts("ids", MostShown, Ids.MaxLength);
        return ids.Count == 0
            ? throw new ToolFault("ids is required: the ids of messages, from read_inbox.")
            : McpRun.Told(await run.Server.AcknowledgeAsync(run, new(ids), cancellationToken), DaemonJson.Wire.InboxAcked);
    }

    private static string GroupOf(ToolArguments arguments) => arguments.Text("group_id", Ids.MaxLength);

    private static ToolFault NoGroup() => new("There is no such group, or it is private and you are not in it. list_groups shows those that there are.");
}

/// <summary>A group, as far as it matters to an agent.</summary>
internal sealed record ShownGroup(string GroupId, string Name, int Members, bool Joined, long LastSeq, long? Unread);

/// <summary>A message without what machines check.</summary>
internal sealed record ShownMessage(string Id, long Seq, string Kind, string From, string FromKind, string Text, DateTimeOffset At, string? ReplyTo, string? TaskId)
{
    public static ShownMessage Of(GroupEntry entry) => new(
        entry.Id, entry.Seq, entry.Kind, entry.From, entry.FromKind, entry.Content, entry.Timestamp, entry.ReplyTo, entry.TaskId);
}
