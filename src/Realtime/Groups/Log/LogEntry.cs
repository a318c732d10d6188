using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Realtime.Groups.Log;

/// <summary>One entry of a group's log. Nothing is taken out of it: what is edited or deleted has an entry that says so.</summary>
internal sealed class LogEntry
{
    public required string GroupId { get; init; }

    public required long Seq { get; init; }

    public required Guid Id { get; init; }

    /// <summary>See <see cref="EntryKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>See <see cref="MemberKey"/>.</summary>
    public required string Author { get; init; }

    public required string AuthorName { get; init; }

    /// <summary>As it stands now.</summary>
    public required string Content { get; set; }

    /// <summary>Of an edit: what it said until then.</summary>
    public string? Before { get; set; }

    public required DateTimeOffset At { get; init; }

    public Guid? ReplyTo { get; init; }

    /// <summary>The message that began it all, of this one and all its answers.</summary>
    public Guid? Thread { get; init; }

    public Guid? Target { get; init; }

    public string? Mentions { get; init; }

    public string? Attachments { get; set; }

    public string? TaskId { get; init; }

    public int Hop { get; init; }

    public Guid? Cause { get; init; }

    /// <summary>What a person said at the beginning of the chain of causes; of a person's own message, itself.</summary>
    public Guid Root { get; init; }

    public string? Signature { get; set; }

    public string? DedupKey { get; init; }

    public DateTimeOffset? EditedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public GroupEntry ToWire()
    {
        var (kind, id) = MemberKey.Split(Author);
        return new(
            Id.ToString(), GroupId, Seq, Kind, AuthorName, id, kind, Content, At, ReplyTo?.ToString(), Target?.ToString(), Read<List<MemberRef>>(Mentions),
            Read<List<AttachmentView>>(Attachments), TaskId, Hop, Cause?.ToString(), Read<EntrySignature>(Signature), EditedAt, DeletedAt);
    }

    private static T? Read<T>(string? json)
        where T : class =>
        json is null ? null : JsonSerializer.Deserialize<T>(json, WireJson.Options);

    public static void Describe(EntityTypeBuilder<LogEntry> entry)
    {
        entry.ToTable("group_entries");
        entry.HasKey(e => new { e.GroupId, e.Seq });
        entry.HasIndex(e => e.Id).IsUnique();
        entry.HasIndex(e => new { e.GroupId, e.Thread, e.Seq }).HasFilter("thread IS NOT NULL");
        entry.HasIndex(e => e.Target).HasFilter("target IS NOT NULL");
        entry.HasIndex(e => new { e.GroupId, e.Author, e.DedupKey }).IsUnique().HasFilter("dedup_key IS NOT NULL");
        entry.Property(e => e.Mentions).HasColumnType("jsonb");
        entry.Property(e => e.Attachments).HasColumnType("jsonb");
        entry.Property(e => e.Signature).HasColumnType("jsonb");
    }
}
