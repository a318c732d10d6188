using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Groups.Log;

/// <summary>What is to be added to a group's log.</summary>
/// <param name="Author">See <see cref="MemberKey"/>.</param>
internal sealed record NewEntry(Guid Id, string GroupId, string Kind, string Author, string AuthorName, string Content, DateTimeOffset At)
{
    public Guid? ReplyTo { get; init; }

    /// <summary>Of an edit or a deletion.</summary>
    public Guid? Target { get; init; }

    /// <summary>The author may change what others said.</summary>
    public bool Moderates { get; init; }

    public IReadOnlyList<Guid> Attachments { get; init; } = [];

    public EntrySignature? Signature { get; init; }

    public string? DedupKey { get; init; }

    /// <summary>Of what was asked for in the group, and this tells of. The server alone says so.</summary>
    public string? TaskId { get; init; }

    /// <summary>What its task has used, where it has ended.</summary>
    public UsageSum? Used { get; init; }

    /// <summary>Who has which post, of those that are mentioned.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>>? Staff { get; init; }

    public bool IsAgents => Author.StartsWith(MemberKind.Agent, StringComparison.Ordinal);

    public bool IsSystems => Author == MemberKind.System;

    /// <summary>It is told by us, of somebody, and not said by him: whoever it is about need not be in the group.</summary>
    public bool IsReport { get; init; }
}

/// <summary>It is in the log under this number, or why it is not.</summary>
/// <param name="Offered">Names that were mentioned and mean several.</param>
internal readonly record struct Appended(Guid Id, long Seq, Fault? Fault = null, IReadOnlyList<OfferedName>? Offered = null)
{
    public static Appended Refused(ErrorCode code, string why) => new(default, 0, new(code, why));
}
