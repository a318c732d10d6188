using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Scheduler.Schedules;

internal static class ScheduleRows
{
    /// <summary>His own; who runs the place sees all.</summary>
    public static IQueryable<Schedule> SchedulesFor(this SchedulerDb db, Caller caller) =>
        caller.IsOperator ? db.Schedules : db.Schedules.Where(s => s.Owner == caller.Id);

    /// <summary>Until the transaction ends nobody else fires or changes it.</summary>
    public static async Task<Schedule?> LockAsync(this SchedulerDb db, string id, CancellationToken cancellationToken) =>
        (await db.Schedules.FromSql($"SELECT * FROM schedules WHERE id = {id} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>As above; null also where somebody else has it just now, so that one who sleeps over his schedule holds up no others.</summary>
    public static async Task<Schedule?> TryLockAsync(this SchedulerDb db, string id, CancellationToken cancellationToken) =>
        (await db.Schedules.FromSql($"SELECT * FROM schedules WHERE id = {id} FOR UPDATE SKIP LOCKED").ToListAsync(cancellationToken)).SingleOrDefault();
}
