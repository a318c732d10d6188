using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.ServiceDefaults.Audit;

/// <summary>Who did what, on what, from where, with what outcome. Written in the transaction of the change it tells of.</summary>
public sealed class AuditEntry
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Address { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Past tense, with what it was done to: <c>user.created</c>.</summary>
    public required string Action { get; init; }

    public required string Target { get; init; }

    public required string Outcome { get; init; }

    public string? Detail { get; init; }

    public static AuditEntry Of(Caller caller, TimeProvider time, string action, string target, string outcome = "ok", string? detail = null)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Actor = caller.Id,
            Address = caller.Address,
            RequestId = caller.RequestId,
            Action = action,
            Target = target,
            Outcome = outcome,
            Detail = detail,
        };
    }

    internal static void Describe(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_outbox");
        entry.HasKey(e => e.Id);
        foreach (var text in new[] { nameof(Actor), nameof(Address), nameof(RequestId), nameof(Action), nameof(Target), nameof(Outcome) })
        {
            entry.Property(text).HasColumnType("text");
        }
    }
}
