using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Agents.Contracts.Realtime.Groups;

/// <param name="Id">Brought along, or made.</param>
/// <param name="Visibility">See <see cref="GroupVisibility"/>; left out, private where there are members, else open.</param>
/// <param name="Members"><c>agent:ID</c>, <c>user:ID</c>, or an agent's id alone. Who makes it is one as well.</param>
public sealed record CreateGroup(
    string Name, string? Id = null, string? Visibility = null, IReadOnlyList<string>? Members = null, GroupLimits? Limits = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Text(Name, 1, 128);
        problems.Id(Id);
        problems.OneOf(Visibility, GroupVisibility.Open, GroupVisibility.Private);
        MemberList.Validate(problems, Members, "members");
        Limits?.Validate(problems);
    }
}

/// <summary>What is left out stays as it is.</summary>
public sealed record ChangeGroup(string? Name = null, string? Visibility = null, bool? Archived = null, GroupLimits? Limits = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.OptionalText(Name, 1, 128);
        problems.OneOf(Visibility, GroupVisibility.Open, GroupVisibility.Private);
        Limits?.Validate(problems);
    }
}

public static class GroupVisibility
{
    /// <summary>Everybody may read it and join.</summary>
    public const string Open = "open";

    /// <summary>Its members alone know of it.</summary>
    public const string Private = "private";
}

/// <summary>How far agents may go among themselves in one thread before a person has to say something.</summary>
/// <param name="Hops">Agents' messages one after the other, each caused by the one before.</param>
/// <param name="PerMinute">Agents' messages.</param>
/// <param name="Tokens">Used by tasks that mentions made.</param>
/// <param name="Cost">US dollars.</param>
public sealed record GroupLimits(
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Hops = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? PerMinute = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] long? Tokens = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] decimal? Cost = null)
{
    public const int DefaultHops = 20;
    public const int DefaultPerMinute = 60;

    internal void Validate(Problems problems)
    {
        problems.Range(Hops, 1, 1_000, "limits.hops");
        problems.Range(PerMinute, 1, 10_000, "limits.per_minute");
        if (Tokens is < 1)
        {
            problems.Add("limits.tokens", "must be at least 1");
        }

        if (Cost is <= 0 or > 1_000_000)
        {
            problems.Add("limits.cost", "must be above 0");
        }
    }
}

/// <param name="Members">How many.</param>
/// <param name="Joined">Whether who asks is one.</param>
/// <param name="Unread">For who asks, where he is a member.</param>
/// <param name="LastMessageAt">Null while nothing was said.</param>
public sealed record GroupView(
    string Id, string Name, string Visibility, int Members, bool Joined, long LastSeq, long? Unread, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? LastMessageAt, DateTimeOffset? ArchivedAt, GroupLimits Limits);

public sealed record GroupId(string Id);

/// <param name="Read">The number up to which it has read.</param>
/// <param name="Online">Of a person: connected just now, by a browser or another program. An agent's state is told by Registry.</param>
public sealed record GroupMemberView(string Kind, string Id, string Name, DateTimeOffset JoinedAt, long Read, bool? Online);

public sealed record ChangeMembers(IReadOnlyList<string>? Add = null, IReadOnlyList<string>? Remove = null) : IValidated
{
    public void Validate(Problems problems)
    {
        MemberList.Validate(problems, Add, "add");
        MemberList.Validate(problems, Remove, "remove");
        if (Add is null or [] && Remove is null or [])
        {
            problems.Add("add", "name somebody to add or to remove");
        }
    }
}

/// <param name="AgentId">Of a device's credential: which of its agents says it.</param>
/// <param name="ReplyTo">The id of a message: it becomes part of that one's thread.</param>
/// <param name="GroupId">Where a device signs it: the group of the path, so that it is good for no other.</param>
public sealed record SayRequest(
    string Content, string? ReplyTo = null, IReadOnlyList<string>? Attachments = null, string? AgentId = null, string? DedupKey = null, string? GroupId = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Id(AgentId);
        SaidText.Validate(problems, Content, ReplyTo, Attachments, DedupKey);
    }
}

/// <param name="Offered">See <see cref="GroupStored.Offered"/>.</param>
public sealed record Said(string Id, long Seq, [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<OfferedName>? Offered = null);

/// <param name="AgentId">Of a device's credential: which of its agents says it.</param>
/// <param name="GroupId">Where a device signs it: the group and the message of the path, so that it is good for no other.</param>
public sealed record EditRequest(string Content, string? AgentId = null, string? GroupId = null, string? MessageId = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Id(AgentId);
        SaidText.Validate(problems, Content, null, null);
    }
}

/// <param name="Read">Up to this number.</param>
public sealed record ReadRequest(long Read) : IValidated
{
    public void Validate(Problems problems)
    {
        if (Read < 0)
        {
            problems.Add("read", "must not be below 0");
        }
    }
}

/// <summary>A mention that waits for who was meant.</summary>
/// <param name="Id">The message's, by which it is acknowledged.</param>
public sealed record InboxEntry(
    string Id, string GroupId, long Seq, string From, string FromId, string FromKind, string Content, DateTimeOffset Timestamp, bool Read,
    [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? ReadAt = null);

/// <param name="Ids">Of messages; left out with <paramref name="All"/>.</param>
public sealed record InboxAckRequest(IReadOnlyList<string>? Ids = null, bool All = false) : IValidated
{
    public void Validate(Problems problems)
    {
        if (!All && Ids is null or [])
        {
            problems.Add("ids", "is required, or all");
        }
        else if (Ids?.Count > InboxAck.MaxIds)
        {
            problems.Add("ids", $"must be at most {InboxAck.MaxIds}");
        }
    }
}

public sealed record InboxAcked(int Acknowledged);

internal static class MemberList
{
    private const int Max = 1_000;

    public static void Validate(Problems problems, IReadOnlyList<string>? members, string field)
    {
        if (members?.Count > Max)
        {
            problems.Add(field, $"must be at most {Max} at once");
        }
        else if (members?.FirstOrDefault(member => !IsOne(member)) is { } wrong)
        {
            problems.Add(field, $"must be agent:ID or user:ID: {(wrong.Length > 64 ? "one is not" : wrong)}");
        }
    }

    private static bool IsOne(string? member) =>
        member is not null && Ids.IsValid(member.Split(':')[^1]) && member.Count(c => c == ':') <= 1 && (!member.Contains(':') || member.Split(':')[0] is MemberKind.Agent or MemberKind.User);
}
