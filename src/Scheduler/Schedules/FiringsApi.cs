using System.Globalization;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Scheduler.Schedules;

/// <summary>When schedules will fire, when they did, and one more now.</summary>
internal static class FiringsApi
{
    public static void MapFirings(this RouteGroupBuilder schedules)
    {
        var seen = schedules.MapGroup("").RequireAuthorization(Policies.SignedIn);

        seen.MapPost("/preview", PreviewOf);
        seen.MapGet("/{id}/preview", PreviewAsync);
        seen.MapGet("/{id}/firings", ListAsync);
        schedules.MapPost("/{id}/run", RunAsync).WithIdempotency().RequireAuthorization(Policies.User);
    }

    private static Results<Ok<SchedulePreview>, Invalid> PreviewOf(PreviewScheduleRequest request, TimeProvider time)
    {
        var (times, problems) = ScheduleCheck.Times(request.Cron, request.TimeZone);
        return times is null
            ? new Invalid(problems.ToErrors())
            : TypedResults.Ok(Preview(times, new Schedule.Window(request.StartAt, request.EndAt), request.TimeZone ?? ScheduleCheck.DefaultZone, time));
    }

    /// <summary>Also of a paused one: as it would be if it were resumed now.</summary>
    private static async Task<Results<Ok<SchedulePreview>, Missing, Invalid>> PreviewAsync(
        string id, SchedulerDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.SchedulesFor(caller).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } schedule)
        {
            return new Missing();
        }

        var (times, problems) = ScheduleCheck.Times(schedule.Cron, schedule.TimeZone);
        return times is null ? new Invalid(problems.ToErrors()) : TypedResults.Ok(Preview(times, new(schedule.StartAt, schedule.EndAt), schedule.TimeZone, time));
    }

    private static async Task<Results<Ok<ListOf<FiringView>>, Missing>> ListAsync(
        string id, SchedulerDb db, Caller caller, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        if (!await db.SchedulesFor(caller).AnyAsync(s => s.Id == id, cancellationToken))
        {
            return new Missing();
        }

        var paging = new Paging(page, pageSize);
        var found = db.Firings.AsNoTracking().Where(f => f.ScheduleId == id);
        var total = await found.Take(ListOf<FiringView>.Cap + 1).CountAsync(cancellationToken);
        var firings = await found.OrderByDescending(f => f.ScheduledAt).ThenByDescending(f => f.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<FiringView>.Capped([.. firings.Select(f => f.ToView())], total));
    }

    /// <summary>Also of a paused one. What it says of overlap holds here as well.</summary>
    private static async Task<Results<Accepted<FiringView>, Missing, Unavailable>> RunAsync(
        string id, ScheduleChanges changes, Fires fires, Submission submission, SchedulerDb db, HttpContext http, Caller caller, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(SchedulesApi.NotReady);
        }

        // With an Idempotency-Key there is a transaction already, which is committed together with the answer.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (await changes.FindAsync(caller, id, cancellationToken) is not { } schedule)
        {
            return new Missing();
        }

        var (firing, made) = await fires.ByHandAsync(schedule, cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "schedule.run", id, detail: schedule.Name));
        await db.SaveChangesAsync(cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
            fires.Tell(made);
        }
        else
        {
            http.Response.OnCompleted(() =>
            {
                fires.Tell(made);
                return Task.CompletedTask;
            });
        }

        return TypedResults.Accepted((string?)null, firing.ToView());
    }

    private static SchedulePreview Preview(NextTimes times, Schedule.Window window, string zone, TimeProvider time) => new(zone, [.. window
        .From(times, time.GetUtcNow())
        .Take(SchedulePreview.Count)
        .Select(at => new PreviewTime(at, TimeZoneInfo.ConvertTime(at, times.Zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)))]);
}
