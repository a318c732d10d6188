using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Realtime.Groups.Works;

/// <summary>A mention of an agent, for as long as it may be work, and then the task that it became.</summary>
internal sealed class GroupWork
{
    public required Guid EntryId { get; init; }

    public required string AgentId { get; init; }

    public required string GroupId { get; init; }

    /// <summary>The message that began the thread.</summary>
    public required Guid Thread { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null until it is known to be work, and was handed in.</summary>
    public string? TaskId { get; set; }

    /// <summary>The conversation that the agent had over it, which the next one in the thread goes on with.</summary>
    public string? SessionId { get; set; }

    /// <summary>What became of it has been told.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public static void Describe(EntityTypeBuilder<GroupWork> work)
    {
        work.ToTable("group_works");
        work.HasKey(w => new { w.EntryId, w.AgentId });
        work.HasIndex(w => w.At, "ix_group_works_open").HasFilter("ended_at IS NULL");
        work.HasIndex(w => new { w.Thread, w.AgentId, w.At }, "ix_group_works_sessions").HasFilter("session_id IS NOT NULL");
    }
}
