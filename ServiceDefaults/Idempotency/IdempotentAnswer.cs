using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.ServiceDefaults.Idempotency;

/// <summary>What a caller was answered for a key, kept for a day.</summary>
internal sealed class IdempotentAnswer
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    public required string Caller { get; init; }

    public required string Key { get; init; }

    /// <summary>Of method, path and body: the same key with another request is a mistake.</summary>
    public required byte[] RequestHash { get; init; }

    public required DateTimeOffset At { get; init; }

    public int Status { get; set; }

    /// <summary>The data of the envelope as it was sent.</summary>
    public string? Body { get; set; }

    public static void Describe(EntityTypeBuilder<IdempotentAnswer> answer)
    {
        answer.ToTable("idempotent_answers");
        answer.HasKey(a => new { a.Caller, a.Key });
        answer.HasIndex(a => a.At);
    }
}
