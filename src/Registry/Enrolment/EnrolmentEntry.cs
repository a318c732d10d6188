using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Enrolment;

/// <summary>A token that enrols one device, once; and afterwards, what it was used for.</summary>
internal sealed class EnrolmentEntry
{
    public const string Prefix = "et_";

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>The device's token is made from it, so it is random and tells nothing.</summary>
    public required Guid Id { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>The only device that may use it, where it was made for one.</summary>
    public string? DeviceId { get; init; }

    public required string Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    public string? UsedBy { get; set; }

    public string? UsedKeyId { get; set; }

    public static void Describe(EntityTypeBuilder<EnrolmentEntry> token)
    {
        token.ToTable("enrolment_tokens");
        token.HasKey(t => t.Id);
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasIndex(t => t.ExpiresAt);
    }
}
