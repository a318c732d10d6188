using Agents.Contracts.Scheduler;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Scheduler.Schedules;

/// <summary>One time of a schedule, written in the transaction of the task that it made.</summary>
internal sealed class Firing
{
    public required Guid Id { get; init; }

    public required string ScheduleId { get; init; }

    public required DateTimeOffset ScheduledAt { get; init; }

    public required DateTimeOffset FiredAt { get; init; }

    public required bool ByHand { get; init; }

    public string Status { get; set; } = FiringStatus.Fired;

    public Guid? TaskId { get; set; }

    public string? Reason { get; set; }

    public FiringView ToView() => new(Id.ToString(), ScheduledAt, FiredAt, Status, ByHand, TaskId?.ToString(), Reason);

    public static void Describe(EntityTypeBuilder<Firing> firing)
    {
        firing.ToTable("firings");
        firing.HasKey(f => f.Id);
        firing.HasOne<Schedule>().WithMany().HasForeignKey(f => f.ScheduleId).OnDelete(DeleteBehavior.Cascade);
        firing.HasIndex(f => new { f.ScheduleId, f.ScheduledAt, f.Id });
        firing.HasIndex(f => f.FiredAt);
    }
}
