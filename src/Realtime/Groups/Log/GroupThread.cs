using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Realtime.Groups.Log;

/// <summary>What agents have said to each other in one thread since a person said something.</summary>
internal sealed class GroupThread
{
    public required string GroupId { get; init; }

    /// <summary>See <see cref="LogEntry.Root"/>.</summary>
    public required Guid Root { get; init; }

    public DateTimeOffset MinuteSince { get; init; }

    public int InMinute { get; init; }

    public long Tokens { get; init; }

    public decimal Cost { get; init; }

    /// <summary>Why it waits for a person; null where it goes on.</summary>
    public string? Stopped { get; init; }

    /// <summary>The number of what a person said last in it.</summary>
    public long Since { get; init; }

    public static void Describe(EntityTypeBuilder<GroupThread> thread)
    {
        thread.ToTable("group_threads");
        thread.HasKey(t => new { t.GroupId, t.Root });
    }
}
