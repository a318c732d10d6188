using System.ComponentModel.DataAnnotations;

namespace Agents.Scheduler.Schedules;

/// <summary>Section <c>Schedules</c> (<c>Schedules__Grace=00:00:10</c>).</summary>
internal sealed class ScheduleOptions
{
    public const string Section = "Schedules";

    /// <summary>
    /// A time that is fired no later than this was not missed: a replica takes over within it. One that falls asleep in the middle
    /// of a firing keeps the schedule's row for 5 s, until PostgreSQL takes it from it, and the next sweep may come 3 s after that.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked whether Quartz forgot a time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>For so long the history is kept …</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HistoryKept { get; set; } = TimeSpan.FromDays(90);

    /// <summary>… and so much of one schedule.</summary>
    [Range(1, 10_000_000)]
    public int MostHistory { get; set; } = 10_000;

    [Range(typeof(TimeSpan), "00:00:00.500", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HistorySweep { get; set; } = TimeSpan.FromHours(1);
}
