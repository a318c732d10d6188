using Agents.Contracts.Realtime.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Realtime.Groups;

internal sealed class Group
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string Visibility { get; set; }

    /// <summary>A member's key, see <see cref="MemberKey"/>, or a device's.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Of the log's newest entry. Whoever adds one holds this row, so there are no gaps.</summary>
    public long LastSeq { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public int? MaxHops { get; set; }

    public int? MaxPerMinute { get; set; }

    public long? MaxTokens { get; set; }

    public decimal? MaxCost { get; set; }

    public GroupLimits Limits() => new(MaxHops ?? GroupLimits.DefaultHops, MaxPerMinute ?? GroupLimits.DefaultPerMinute, MaxTokens, MaxCost);

    public void Limit(GroupLimits limits) =>
        (MaxHops, MaxPerMinute, MaxTokens, MaxCost) = (limits.Hops ?? MaxHops, limits.PerMinute ?? MaxPerMinute, limits.Tokens ?? MaxTokens, limits.Cost ?? MaxCost);

    public static void Describe(EntityTypeBuilder<Group> group)
    {
        group.ToTable("groups");
        group.HasKey(g => g.Id);
        group.HasIndex(g => g.CreatedBy);
    }
}

internal sealed class GroupMember
{
    public required string GroupId { get; init; }

    /// <summary>See <see cref="MemberKey"/>.</summary>
    public required string Member { get; init; }

    /// <summary>By which it is mentioned, as it was when it came or was heard last.</summary>
    public required string Name { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>The number up to which it has read: what comes after it is sent when it is there.</summary>
    public long ReadSeq { get; set; }

    /// <param name="here">Keys of people who are connected.</param>
    public GroupMemberView ToView(IReadOnlySet<string> here)
    {
        var who = MemberKey.ToRef(Member, Name);
        return new(who.Kind, who.Id, Name, JoinedAt, ReadSeq, who.Kind is MemberKind.User ? here.Contains(Member) : null);
    }

    public static void Describe(EntityTypeBuilder<GroupMember> member)
    {
        member.ToTable("group_members");
        member.HasKey(m => new { m.GroupId, m.Member });
        member.HasIndex(m => m.Member);
    }
}
