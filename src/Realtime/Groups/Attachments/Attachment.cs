using Agents.Contracts.Realtime.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Realtime.Groups.Attachments;

/// <summary>A file that was uploaded to a group, to be named by one message.</summary>
internal sealed class Attachment
{
    public required Guid Id { get; init; }

    public required string GroupId { get; init; }

    public required string Name { get; init; }

    public required string MediaType { get; init; }

    public required long Size { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string UploadedBy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The message; until there is one only who uploaded it sees it, and after a day it goes.</summary>
    public Guid? EntryId { get; init; }

    public AttachmentView ToView() => new(Id.ToString(), Name, MediaType, Size, Convert.ToHexStringLower(Sha256));

    public static void Describe(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.ToTable("group_attachments");
        attachment.HasKey(a => a.Id);
        attachment.HasIndex(a => a.EntryId).HasFilter("entry_id IS NOT NULL");
        attachment.HasIndex(a => a.At).HasFilter("entry_id IS NULL");
    }
}

/// <summary>A part of a file's content.</summary>
internal sealed class AttachmentChunk
{
    public const int Bytes = 256 * 1024;

    public required Guid AttachmentId { get; init; }

    public required int Number { get; init; }

    public required byte[] Content { get; init; }

    public static void Describe(EntityTypeBuilder<AttachmentChunk> chunk)
    {
        chunk.ToTable("group_attachment_chunks");
        chunk.HasKey(c => new { c.AttachmentId, c.Number });
        chunk.HasOne<Attachment>().WithMany().HasForeignKey(c => c.AttachmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
