using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Tokens;

internal sealed class RevocationEntry
{
    public const string Sequence = "revocation_seq";

    public static readonly Feed Feed = new("revoked", 243688);

    public required long Seq { get; init; }

    public required RevocationKind Kind { get; init; }

    public required string Subject { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public Revocation ToWire() => new(Seq, Kind, Subject, Version, ExpiresAt);

    public static void Describe(ModelBuilder model)
    {
        model.HasSequence<long>(Sequence);
        var revocation = model.Entity<RevocationEntry>();
        revocation.ToTable("revocations");
        revocation.HasKey(r => r.Seq);
        revocation.Property(r => r.Seq).ValueGeneratedNever();
        revocation.HasIndex(r => r.ExpiresAt);
    }
}
