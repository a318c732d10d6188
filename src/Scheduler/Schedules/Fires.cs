using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Agents.Scheduler.Schedules;

/// <summary>
/// Makes the tasks whose time has come. The schedule's row is locked meanwhile, and says up to where all is decided: whoever
/// comes second, of whichever replica, finds nothing left. The tasks, the history and that word are one commit.
/// </summary>
internal sealed partial class Fires(
    SchedulerDb db, FiringTasks tasks, Submission submission, AfterSubmit after, WakeUps wakeUps, TimeProvider time, IOptions<ScheduleOptions> options, ILogger<Fires> log)
{
    private static readonly TimeSpan MostEarly = TimeSpan.FromSeconds(0.1);

    /// <summary>All that is due of this one, if anything is. It does not matter how often it is asked.</summary>
    /// <param name="waits">Where somebody else has it just now; else it is left to him, and to the next sweep.</param>
    public async Task DueAsync(string id, bool waits, CancellationToken cancellationToken)
    {
        // Nothing can be said of agents yet; whoever looks for forgotten times comes back.
        if (!submission.IsReady || await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } seen)
        {
            return;
        }

        // Quartz is a millisecond or two early now and then.
        if (waits && seen.NextAt - time.GetUtcNow() is { Ticks: > 0 } early && early < MostEarly)
        {
            await Task.Delay(early, time, cancellationToken);
        }

        await submission.KnowAsync([seen.Template], seen.Submitter, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await (waits ? db.LockAsync(id, cancellationToken) : db.TryLockAsync(id, cancellationToken)) is not { NextAt: { } first } schedule)
        {
            return;
        }

        var made = new Made();
        if (time.GetUtcNow() is var now && first <= now)
        {
            await DecideAsync(schedule, first, now, made, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            after.Stored(made.Tasks, made.Submitted);
            wakeUps.Next(id, schedule.NextAt);
        }
    }

    /// <summary>One more, now: within the caller's transaction, who tells of the tasks once it is committed.</summary>
    public async Task<(Firing Firing, Made Made)> ByHandAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var made = new Made();
        var firing = await tasks.FireAsync(schedule, time.GetUtcNow(), byHand: true, made, cancellationToken);
        return (firing, made);
    }

    public void Tell(Made made) => after.Stored(made.Tasks, made.Submitted);

    private async Task DecideAsync(Schedule schedule, DateTimeOffset first, DateTimeOffset now, Made made, CancellationToken cancellationToken)
    {
        var (times, problems) = ScheduleCheck.Times(schedule.Cron, schedule.TimeZone);
        if (times is null)
        {
            // It was in order once: this machine knows fewer time zones than another one did.
            var reason = string.Join("; ", problems.ToErrors().Errors.Select(e => $"{e.Key} {e.Value[0]}"));
            Log.NotUnderstood(log, schedule.Id, reason);
            tasks.Add(schedule, first, byHand: false, FiringStatus.Failed, reason: reason);
            schedule.NextAt = null;
            return;
        }

        var due = DueTimes.Of(times, first, schedule.EndAt < now ? schedule.EndAt.Value : now, now, schedule.Misfire, options.Value.Grace);
        if (due.Missed is [.., var lastMissed])
        {
            var count = due.AndMore ? $"More than {due.Missed.Count} times" : due.Missed.Count == 1 ? "One time" : $"{due.Missed.Count} times";
            tasks.Add(schedule, lastMissed, byHand: false, FiringStatus.Missed, reason: $"{count} went by while nobody was there to fire.");
        }

        foreach (var at in due.Fire)
        {
            await tasks.FireAsync(schedule, at, byHand: false, made, cancellationToken);
        }

        schedule.LastAt = due.Last;
        schedule.NextAt = schedule.NextWithin(times, due.Last);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The schedule {Id} is not understood here, and stands still: {Reason}")]
        public static partial void NotUnderstood(ILogger log, string id, string reason);
    }
}
