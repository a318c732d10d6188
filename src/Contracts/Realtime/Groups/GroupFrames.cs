using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Agents.Contracts.Realtime.Groups;

/// <summary>
/// <c>group/join</c>: an agent becomes a member; a page is shown the group's messages from now on, or from a number on. A group
/// that nobody made yet is made, and open.
/// </summary>
/// <param name="AgentId">Of a device: which of its agents.</param>
/// <param name="After">Of a page: what came after this number is shown again first.</param>
public sealed record GroupJoin(string GroupId, string? AgentId = null, long? After = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Id(GroupId);
        problems.Id(AgentId);
    }
}

/// <summary><c>group/joined</c>: from now on its messages come.</summary>
/// <param name="LastSeq">Of the newest entry at that moment.</param>
/// <param name="After">What comes after this number is sent.</param>
/// <param name="Ref">The id of the frame that asked for it.</param>
public sealed record GroupJoined(
    string GroupId, string Name, long LastSeq, long After, [property: JsonIgnore(Condition = WhenWritingNull)] string? AgentId = null, string? Ref = null);

/// <summary>
/// <c>group/ready</c>, to a page: what is said from here on in the groups that are sent to it comes to it, and they are others than before.
/// What it knows of its groups, it asks for anew.
/// </summary>
/// <param name="Groups">How many are sent to it.</param>
public sealed record GroupReady(int Groups);

/// <summary><c>group/leave</c>: the agent is no member any more; a page is not shown its messages any longer.</summary>
public sealed record GroupLeave(string GroupId, string? AgentId = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Id(GroupId);
        problems.Id(AgentId);
    }
}

/// <summary><c>group/message</c> to the server: said in a group. It is answered with <see cref="GroupStored"/>.</summary>
/// <param name="AgentId">Of a device: which of its agents says it.</param>
/// <param name="ReplyTo">The id of a message: it becomes part of that one's thread.</param>
/// <param name="Attachments">Ids of what was uploaded to the group before.</param>
/// <param name="DedupKey">Said again under the same key, because the answer was lost, it is stored once.</param>
public sealed record GroupSay(
    string GroupId, string Content, string? AgentId = null, string? ReplyTo = null, IReadOnlyList<string>? Attachments = null, string? DedupKey = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Id(GroupId);
        problems.Id(AgentId);
        SaidText.Validate(problems, Content, ReplyTo, Attachments, DedupKey);
    }
}

/// <summary><c>group/stored</c>: it is on disk, under this number.</summary>
/// <param name="Ref">The id of the frame that said it.</param>
/// <param name="Offered">Names that were mentioned and mean several: nobody was told, and the sender may choose.</param>
public sealed record GroupStored(
    string GroupId, string Id, long Seq, string? Ref = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<OfferedName>? Offered = null);

/// <summary><c>group/message</c> to a member: one entry of the group's log, each in the order of its number.</summary>
/// <param name="Kind">See <see cref="EntryKind"/>.</param>
/// <param name="From">The name; <paramref name="FromId"/> and <paramref name="FromKind"/> say who it is for certain.</param>
/// <param name="Target">Of an edit or a deletion: the id of the message.</param>
/// <param name="Hop">How many agents one after the other stand behind it: 0 is a person's.</param>
/// <param name="Cause">The message that made the agent say it.</param>
public sealed record GroupEntry(
    string Id, string GroupId, long Seq, string Kind, string From, string FromId, string FromKind, string Content, DateTimeOffset Timestamp,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? ReplyTo = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Target = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<MemberRef>? Mentions = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<AttachmentView>? Attachments = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? TaskId = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] int Hop = 0,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Cause = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] EntrySignature? Sig = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? EditedAt = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? DeletedAt = null);

public static class EntryKind
{
    public const string Message = "message";

    /// <summary>The target says something else now: the content.</summary>
    public const string Edit = "edit";

    /// <summary>The target is gone; that it was there, and who took it away, is not.</summary>
    public const string Delete = "delete";

    /// <summary>Of the place itself: a thread was stopped, a task that was asked for there came to nothing.</summary>
    public const string Notice = "notice";

    /// <summary>Of an agent that works on what it was asked for: the task, and how far it has come.</summary>
    public const string Progress = "progress";
}

/// <summary><c>group/ack</c>: all up to this number has been read, and is not sent again after a reconnect.</summary>
public sealed record GroupAck(string GroupId, long Seq) : IValidated
{
    public void Validate(Problems problems) => problems.Id(GroupId);
}

/// <summary><c>mention</c>: an entry of the inbox, at once, and after each reconnect until it is acknowledged.</summary>
/// <param name="Id">The message's, by which it is acknowledged.</param>
/// <param name="AgentId">Who is meant, where it is an agent.</param>
public sealed record MentionTold(
    string Id, string GroupId, long Seq, string From, string FromId, string FromKind, string Content, DateTimeOffset Timestamp,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? AgentId = null);

/// <summary><c>inbox/ack</c>: these mentions have been seen.</summary>
/// <param name="AgentId">Of a device: whose inbox.</param>
public sealed record InboxAck(IReadOnlyList<string> Ids, string? AgentId = null) : IValidated
{
    public const int MaxIds = 1_000;

    public void Validate(Problems problems)
    {
        problems.Id(AgentId);
        if (Ids.Count > MaxIds)
        {
            problems.Add("ids", $"must be at most {MaxIds}");
        }
    }
}

/// <summary>Who is in a group, mentioned or the author of something.</summary>
/// <param name="Kind">See <see cref="MemberKind"/>.</param>
public sealed record MemberRef(string Kind, string Id, string Name);

public static class MemberKind
{
    public const string Agent = "agent";
    public const string User = "user";

    /// <summary>The place itself.</summary>
    public const string System = "system";

    /// <summary>Of a mention: every member.</summary>
    public const string All = "all";
}

/// <param name="Text">As it was written, with its @.</param>
public sealed record OfferedName(string Text, IReadOnlyList<MemberRef> Candidates);

public sealed record AttachmentView(string Id, string Name, string MediaType, long Size, string Sha256);

/// <summary>What the author's device signed: <c>id|type|ts|base64url(sha256(payload))</c>, see <see cref="FrameSignature"/>.</summary>
/// <param name="Payload">The bytes as they were sent, base64url.</param>
public sealed record EntrySignature(string DeviceId, string KeyId, string Id, string Type, long Ts, string Payload, string Signature);
