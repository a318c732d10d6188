using Agents.Contracts.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Identity.Sessions;

/// <summary>A sign-in that goes on: what its refresh tokens belong to, and what a revocation ends.</summary>
internal sealed class Session
{
    /// <summary>A session ends when it was not refreshed for so long.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromDays(30);

    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Hash of the refresh token that was used last: it and its successors are good, all others are not.</summary>
    public required byte[] CurrentToken { get; set; }

    public required string Address { get; init; }

    public required string Client { get; init; }

    public UserSession ToView(string current) => new(Id, Client, Address, CreatedAt, ExpiresAt - IdleLimit, Id == current);

    public static void Describe(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.HasKey(s => s.Id);
        session.HasIndex(s => s.UserId);
        session.HasIndex(s => s.ExpiresAt);
    }
}

/// <summary>A refresh token, known by its hash and by whose successor it is.</summary>
internal sealed class RefreshToken
{
    public required byte[] Hash { get; init; }

    public required string SessionId { get; init; }

    public byte[]? Predecessor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static void Describe(EntityTypeBuilder<RefreshToken> token)
    {
        token.ToTable("refresh_tokens");
        token.HasKey(t => t.Hash);
        token.HasIndex(t => t.SessionId);
        token.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId);
    }
}
