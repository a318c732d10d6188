using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Scheduler.Schedules;

internal sealed class Schedule
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>What the owner was when he last wrote it: his tasks may name what operators see.</summary>
    public required bool OwnerSeesAll { get; set; }

    public string Name { get; set; } = "";

    public string Cron { get; set; } = "";

    public string TimeZone { get; set; } = "";

    public string Misfire { get; set; } = "";

    public string Overlap { get; set; } = "";

    public int Jitter { get; set; }

    public string Task { get; set; } = "";

    public DateTimeOffset? StartAt { get; set; }

    public DateTimeOffset? EndAt { get; set; }

    public bool Enabled { get; set; }

    /// <summary>The first time that is not decided on. Quartz wakes us for it; what is due is what stands here.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>The last time that is decided on: none up to here comes a second time.</summary>
    public DateTimeOffset? LastAt { get; set; }

    public Guid? LastTaskId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>All that its times depend on.</summary>
    public (string, string, DateTimeOffset?, DateTimeOffset?, bool) Clock => (Cron, TimeZone, StartAt, EndAt, Enabled);

    public Submitter Submitter => new(Owner, OwnerSeesAll);

    public SubmitTaskRequest Template => JsonSerializer.Deserialize<SubmitTaskRequest>(Task, WireJson.Options)!;

    public void Become(ScheduleRequest request)
    {
        (Name, Cron, TimeZone) = (request.Name, request.Cron, request.TimeZone ?? ScheduleCheck.DefaultZone);
        (Misfire, Overlap) = (request.MisfirePolicy ?? MisfirePolicy.Once, request.OverlapPolicy ?? OverlapPolicy.Allow);
        (Jitter, StartAt, EndAt) = (request.JitterSeconds ?? 0, request.StartAt, request.EndAt);
        (Enabled, Task) = (request.Enabled ?? true, JsonSerializer.Serialize(request.Task, WireJson.Options));
    }

    public ScheduleRequest ToRequest() => new(Name, Cron, Template, TimeZone, Misfire, Overlap, Jitter, StartAt, EndAt, Enabled);

    public ScheduleView ToView() => new(
        Id, Name, Owner, Cron, TimeZone, Misfire, Overlap, Jitter, StartAt, EndAt, Enabled, Template, NextAt, LastAt, LastTaskId?.ToString(), CreatedAt,
        UpdatedAt);

    /// <summary>The task of one firing. A second firing of the same time would find it by its key.</summary>
    /// <param name="former">What it has to wait for.</param>
    public SubmitTaskRequest TaskFor(Firing firing, Guid? former) => Template with
    {
        DedupKey = firing.ByHand ? $"schedule:{Id}:{firing.Id}" : $"schedule:{Id}:{firing.ScheduledAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}",
        NotBefore = Jitter > 0 && !firing.ByHand ? firing.ScheduledAt + (Random.Shared.NextDouble() * TimeSpan.FromSeconds(Jitter)) : null,
        DependsOn = former is { } task ? [task.ToString()] : null,
        OnDependencyFailure = former is null ? null : DependencyFailure.Run,
    };

    /// <summary>The first time from now on; what went by while it was paused, or was another, does not come back.</summary>
    public void Rewind(NextTimes times, DateTimeOffset now)
    {
        var after = LastAt > now ? LastAt.Value : now;
        NextAt = Enabled ? NextWithin(times, after) : null;
    }

    public DateTimeOffset? NextWithin(NextTimes times, DateTimeOffset after)
    {
        var next = new Window(StartAt, EndAt).From(times, after).FirstOrDefault();
        return next == default ? null : next;
    }

    public static void Describe(EntityTypeBuilder<Schedule> schedule)
    {
        schedule.ToTable("schedules");
        schedule.HasKey(s => s.Id);
        schedule.Property(s => s.Task).HasColumnType("json");
        schedule.Ignore(s => s.Submitter);
        schedule.Ignore(s => s.Template);
        schedule.Ignore(s => s.Clock);
        schedule.HasIndex(s => s.Owner);
        schedule.HasIndex(s => s.NextAt).HasFilter("next_at IS NOT NULL");
    }

    /// <summary>When it may fire at all; both ends count.</summary>
    internal readonly record struct Window(DateTimeOffset? StartAt, DateTimeOffset? EndAt)
    {
        /// <summary>Each time after this one.</summary>
        public IEnumerable<DateTimeOffset> From(NextTimes times, DateTimeOffset after)
        {
            var end = EndAt ?? DateTimeOffset.MaxValue;
            return times.AllAfter(StartAt > after ? StartAt.Value.AddTicks(-1) : after).TakeWhile(at => at <= end);
        }
    }
}
