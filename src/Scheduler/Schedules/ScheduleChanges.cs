using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Scheduler.Schedules;

/// <summary>What people do to schedules. Null where there is none that the caller may see.</summary>
internal sealed class ScheduleChanges(SchedulerDb db, Submission submission, WakeUps wakeUps, TimeProvider time)
{
    public async Task<(Schedule? Schedule, FieldErrors? Wrong)> CreateAsync(Caller by, ScheduleRequest request, CancellationToken cancellationToken)
    {
        await submission.KnowAsync([request.Task], cancellationToken);
        var now = time.GetUtcNow();
        var (times, wrong) = ScheduleCheck.Of(request, Submitter.Of(by), submission, now);
        if (times is null)
        {
            return (null, wrong);
        }

        var schedule = new Schedule { Id = submission.NewId().ToString(), Owner = by.Id, OwnerSeesAll = by.IsOperator, CreatedAt = now, UpdatedAt = now };
        schedule.Become(request);
        schedule.Rewind(times, now);
        db.Schedules.Add(schedule);
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "schedule.created", schedule.Id, detail: schedule.Name));
        await db.SaveChangesAsync(cancellationToken);
        wakeUps.Set(schedule.Id, schedule.NextAt);
        return (schedule, null);
    }

    /// <param name="change">What it is to be, from what it is.</param>
    public async Task<(Schedule? Schedule, FieldErrors? Wrong)> ChangeAsync(
        Caller by, string id, string action, Func<Schedule, ScheduleRequest> change, CancellationToken cancellationToken)
    {
        if (await db.SchedulesFor(by).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } seen)
        {
            return default;
        }

        await submission.KnowAsync([change(seen).Task], cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockAsync(id, cancellationToken) is not { } schedule)
        {
            return default;
        }

        var request = change(schedule);
        // Who runs the place may change what is others', and lends them nothing of his rights by it.
        schedule.OwnerSeesAll = schedule.Owner == by.Id ? by.IsOperator : schedule.OwnerSeesAll;
        var now = time.GetUtcNow();
        var (times, wrong) = ScheduleCheck.Of(request, schedule.Submitter, submission, now);
        if (times is null)
        {
            return (null, wrong);
        }

        var before = schedule.Clock;
        schedule.Become(request);
        if (schedule.Clock != before)
        {
            schedule.Rewind(times, now);
        }

        schedule.UpdatedAt = now;
        db.AuditOutbox.Add(AuditEntry.Of(by, time, action, id, detail: schedule.Name));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        wakeUps.Set(id, schedule.NextAt);
        return (schedule, null);
    }

    /// <summary>Always possible, also where nothing else of it is in order any more.</summary>
    public async Task<Schedule?> PauseAsync(Caller by, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(by, id, cancellationToken) is not { } schedule)
        {
            return null;
        }

        if (schedule.Enabled)
        {
            (schedule.Enabled, schedule.NextAt, schedule.UpdatedAt) = (false, null, time.GetUtcNow());
            db.AuditOutbox.Add(AuditEntry.Of(by, time, "schedule.paused", id, detail: schedule.Name));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            wakeUps.Set(id, null);
        }

        return schedule;
    }

    /// <summary>Its tasks stay.</summary>
    public async Task<bool> DeleteAsync(Caller by, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(by, id, cancellationToken) is not { } schedule)
        {
            return false;
        }

        db.Schedules.Remove(schedule);
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "schedule.deleted", id, detail: schedule.Name));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        wakeUps.Set(id, null);
        return true;
    }

    /// <summary>Within the caller's transaction.</summary>
    public async Task<Schedule?> FindAsync(Caller by, string id, CancellationToken cancellationToken) =>
        await db.LockAsync(id, cancellationToken) is { } schedule && (by.IsOperator || schedule.Owner == by.Id) ? schedule : null;
}
