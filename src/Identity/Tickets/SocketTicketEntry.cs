using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Identity.Tickets;

/// <summary>A one-use ticket for a socket, because a browser can set no header when it opens one.</summary>
internal sealed class SocketTicketEntry
{
    public const string Prefix = "wt_";

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public required byte[] Hash { get; init; }

    public required string UserId { get; init; }

    public required string SessionId { get; init; }

    public required List<string> Roles { get; init; }

    /// <summary>The account's when it was made: what ends the account's tokens ends its tickets.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public static void Describe(EntityTypeBuilder<SocketTicketEntry> ticket)
    {
        ticket.ToTable("socket_tickets");
        ticket.HasKey(t => t.Hash);
        ticket.HasIndex(t => t.ExpiresAt);
    }
}
