using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Realtime.Groups.Log;

/// <summary>A mention, for who was meant.</summary>
internal sealed class InboxRow
{
    /// <summary>See <see cref="MemberKey"/>.</summary>
    public required string Owner { get; init; }

    /// <summary>The message's.</summary>
    public required Guid Id { get; init; }

    public required string GroupId { get; init; }

    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>It came to where it was sent, by a dialect that has no acknowledgement of its own for it.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    public static void Describe(EntityTypeBuilder<InboxRow> row)
    {
        row.ToTable("inbox");
        row.HasKey(r => new { r.Owner, r.Id });
        row.HasIndex(r => new { r.Owner, r.Id }, "ix_inbox_unread").HasFilter("read_at IS NULL");
        row.HasIndex(r => new { r.GroupId, r.Seq });
    }
}
