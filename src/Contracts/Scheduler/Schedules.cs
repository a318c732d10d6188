using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Scheduler;

/// <summary>Work that comes by the clock: each time that the cron expression names makes a task of the template.</summary>
/// <param name="Cron">Second, minute, hour, day of month, month, day of week (0 and 7 are Sunday), and a year if there is a seventh; five fields are those without the second.</param>
/// <param name="Task">The template. What would differ from firing to firing is the schedule's to fill in.</param>
/// <param name="TimeZone">As IANA names it; UTC where nothing is said.</param>
/// <param name="MisfirePolicy">What becomes of times that went by while nobody was there to fire. See <see cref="Scheduler.MisfirePolicy"/>.</param>
/// <param name="OverlapPolicy">What if the former task has not ended. See <see cref="Scheduler.OverlapPolicy"/>.</param>
/// <param name="JitterSeconds">Each task waits for a while of its own, so much at most.</param>
public sealed record ScheduleRequest(
    string Name, string Cron, SubmitTaskRequest Task, string? TimeZone = null, string? MisfirePolicy = null, string? OverlapPolicy = null,
    int? JitterSeconds = null, DateTimeOffset? StartAt = null, DateTimeOffset? EndAt = null, bool? Enabled = null) : IValidated
{
    public const int MaxJitter = 24 * 3600;

    /// <summary>What is not known here: a mistyped name would otherwise be a default that nobody wanted.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.Text(Name, 1, 200);
        problems.Text(Cron, 1, 200);
        problems.Required(Task);
        problems.Schedule(TimeZone, MisfirePolicy, OverlapPolicy, JitterSeconds, StartAt, EndAt);
    }

    public ScheduleRequest With(ChangeScheduleRequest change) => new(
        change.Name ?? Name, change.Cron ?? Cron, change.Task ?? Task, change.TimeZone ?? TimeZone, change.MisfirePolicy ?? MisfirePolicy,
        change.OverlapPolicy ?? OverlapPolicy, change.JitterSeconds ?? JitterSeconds, change.StartAt ?? StartAt, change.EndAt ?? EndAt, change.Enabled ?? Enabled);
}

/// <summary>What is left out stays as it is.</summary>
public sealed record ChangeScheduleRequest(
    string? Name = null, string? Cron = null, SubmitTaskRequest? Task = null, string? TimeZone = null, string? MisfirePolicy = null,
    string? OverlapPolicy = null, int? JitterSeconds = null, DateTimeOffset? StartAt = null, DateTimeOffset? EndAt = null, bool? Enabled = null) : IValidated
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.OptionalText(Name, 1, 200);
        problems.OptionalText(Cron, 1, 200);
        problems.Schedule(TimeZone, MisfirePolicy, OverlapPolicy, JitterSeconds, StartAt, EndAt);
    }
}

public static class MisfirePolicy
{
    /// <summary>They are gone.</summary>
    public const string Skip = "skip";

    /// <summary>One task for all of them.</summary>
    public const string Once = "once";

    /// <summary>A task for each, a thousand at most.</summary>
    public const string All = "all";
}

public static class OverlapPolicy
{
    /// <summary>They run side by side.</summary>
    public const string Allow = "allow";

    /// <summary>No task then.</summary>
    public const string Skip = "skip";

    /// <summary>It begins when the former one has ended, however that went.</summary>
    public const string Queue = "queue";
}

/// <param name="NextAt">Null where it is paused, or no time is left.</param>
/// <param name="LastAt">The last time that was decided on.</param>
public sealed record ScheduleView(
    string Id, string Name, string Owner, string Cron, string TimeZone, string MisfirePolicy, string OverlapPolicy, int JitterSeconds,
    DateTimeOffset? StartAt, DateTimeOffset? EndAt, bool Enabled, SubmitTaskRequest Task, DateTimeOffset? NextAt, DateTimeOffset? LastAt,
    string? LastTaskId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record PreviewScheduleRequest(string Cron, string? TimeZone = null, DateTimeOffset? StartAt = null, DateTimeOffset? EndAt = null) : IValidated
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.Text(Cron, 1, 200);
        problems.Schedule(TimeZone, null, null, null, StartAt, EndAt);
    }
}

/// <summary>The next times, fewer than ten where no more are left.</summary>
public sealed record SchedulePreview(string TimeZone, IReadOnlyList<PreviewTime> Items)
{
    public const int Count = 10;
}

/// <param name="Local">The same moment as the clocks of the schedule's zone show it, with the offset.</param>
public sealed record PreviewTime(DateTimeOffset At, string Local);

/// <summary>One time of a schedule, and what came of it.</summary>
/// <param name="Status">See <see cref="FiringStatus"/>.</param>
/// <param name="ByHand">Somebody asked for it.</param>
/// <param name="Reason">Why there is no task.</param>
public sealed record FiringView(
    string Id, DateTimeOffset ScheduledAt, DateTimeOffset FiredAt, string Status, bool ByHand, string? TaskId, string? Reason);

public static class FiringStatus
{
    public const string Fired = "fired";

    /// <summary>The former task had not ended.</summary>
    public const string Skipped = "skipped";

    /// <summary>Nobody was there to fire; one row for all of one absence.</summary>
    public const string Missed = "missed";

    /// <summary>The task was refused: its agent is gone, for one.</summary>
    public const string Failed = "failed";
}

internal static class ScheduleFields
{
    public static void Unknown(this Problems problems, Dictionary<string, JsonElement>? unknown)
    {
        foreach (var name in (unknown ?? []).Keys.Take(20))
        {
            problems.Add(name, "is not known here");
        }
    }

    public static void Schedule(
        this Problems problems, string? timeZone, string? misfirePolicy, string? overlapPolicy, int? jitterSeconds, DateTimeOffset? startAt, DateTimeOffset? endAt)
    {
        problems.OptionalText(timeZone, 1, 64);
        problems.OneOf(misfirePolicy, MisfirePolicy.Skip, MisfirePolicy.Once, MisfirePolicy.All);
        problems.OneOf(overlapPolicy, OverlapPolicy.Allow, OverlapPolicy.Skip, OverlapPolicy.Queue);
        problems.Range(jitterSeconds, 0, ScheduleRequest.MaxJitter);
        if (endAt <= startAt)
        {
            problems.Add("end_at", "must be after start_at");
        }
    }
}
