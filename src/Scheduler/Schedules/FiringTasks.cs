using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Agents.Scheduler.Schedules;

/// <summary>Tasks that nobody may be told of before they are committed.</summary>
internal sealed record Made
{
    public List<NewTask> Tasks { get; } = [];

    public List<Submitted> Submitted { get; } = [];
}

/// <summary>The task of one firing, and the firing's place in the history, where none is made as well. Within the caller's transaction.</summary>
internal sealed class FiringTasks(SchedulerDb db, Submission submission, TimeProvider time)
{
    public async Task<Firing> FireAsync(Schedule schedule, DateTimeOffset at, bool byHand, Made made, CancellationToken cancellationToken)
    {
        var former = schedule.Overlap is not OverlapPolicy.Allow && schedule.LastTaskId is { } last && await IsLiveAsync(last, cancellationToken) ? last : (Guid?)null;
        if (former is not null && schedule.Overlap is OverlapPolicy.Skip)
        {
            return Add(schedule, at, byHand, FiringStatus.Skipped, reason: $"The task before it has not ended: {former}.");
        }

        var firing = Add(schedule, at, byHand, FiringStatus.Fired);
        var (task, wrong) = submission.Check(schedule.TaskFor(firing, former), schedule.Submitter);
        if (task is null)
        {
            return Fail(firing, string.Join("; ", wrong!.Errors.Select(e => $"{e.Key} {e.Value[0]}")));
        }

        var submitted = (await submission.SubmitWithinAsync((NpgsqlConnection)db.Database.GetDbConnection(), [task], cancellationToken))[0];
        made.Tasks.Add(task);
        made.Submitted.Add(submitted);
        return submitted switch
        {
            Submitted.Stored stored => Fired(schedule, firing, stored.Id),
            Submitted.Refused refused => Fail(firing, $"{refused.Field} {refused.Problem}"),
            _ => Fail(firing, "There is another task with its dedup_key."),
        };
    }

    private static Firing Fired(Schedule schedule, Firing firing, Guid task)
    {
        (firing.TaskId, schedule.LastTaskId) = (task, task);
        return firing;
    }

    private static Firing Fail(Firing firing, string reason)
    {
        (firing.Status, firing.Reason) = (FiringStatus.Failed, reason);
        return firing;
    }

    public Firing Add(Schedule schedule, DateTimeOffset at, bool byHand, string status, string? reason = null)
    {
        var firing = new Firing
        {
            Id = submission.NewId(),
            ScheduleId = schedule.Id,
            ScheduledAt = at,
            FiredAt = time.GetUtcNow(),
            ByHand = byHand,
            Status = status,
            Reason = reason,
        };
        db.Firings.Add(firing);
        return firing;
    }

    private Task<bool> IsLiveAsync(Guid task, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<bool>($"""SELECT EXISTS (SELECT 1 FROM live WHERE id = {task}) AS "Value" """).SingleAsync(cancellationToken);
}
