using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Scheduler.Schedules;

/// <summary>Schedules themselves. <see cref="FiringsApi"/> has what comes of them.</summary>
internal static class SchedulesApi
{
    public const string NotReady = "It is not known yet which agents there are. Try again soon.";

    public static void MapSchedules(this IEndpointRouteBuilder routes)
    {
        var schedules = routes.MapGroup("/schedules").WithTags("Schedules");
        var seen = schedules.MapGroup("").RequireAuthorization(Policies.SignedIn);
        var changed = schedules.MapGroup("").RequireAuthorization(Policies.User);

        seen.MapGet("/", ListAsync);
        seen.MapGet("/{id}", GetAsync);
        changed.MapPost("/", CreateAsync).WithIdempotency();
        changed.MapPut("/{id}", ReplaceAsync);
        changed.MapPatch("/{id}", ChangeAsync);
        changed.MapDelete("/{id}", DeleteAsync);
        changed.MapPost("/{id}/pause", PauseAsync);
        changed.MapPost("/{id}/resume", ResumeAsync);
        schedules.MapFirings();
    }

    private static async Task<Ok<ListOf<ScheduleView>>> ListAsync(
        [AsParameters] ScheduleFilter filter, SchedulerDb db, Caller caller, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        var paging = new Paging(page, pageSize);
        var found = filter.Of(db.SchedulesFor(caller).AsNoTracking());
        var total = await found.Take(ListOf<ScheduleView>.Cap + 1).CountAsync(cancellationToken);
        var schedules = await found.OrderBy(s => s.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<ScheduleView>.Capped([.. schedules.Select(s => s.ToView())], total));
    }

    private static async Task<Results<Ok<ScheduleView>, Missing>> GetAsync(string id, SchedulerDb db, Caller caller, CancellationToken cancellationToken) =>
        await db.SchedulesFor(caller).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is { } schedule
            ? TypedResults.Ok(schedule.ToView())
            : new Missing();

    private static async Task<Results<Created<ScheduleView>, Invalid, Unavailable>> CreateAsync(
        ScheduleRequest request, ScheduleChanges changes, Submission submission, Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotReady);
        }

        var (schedule, wrong) = await changes.CreateAsync(caller, request, cancellationToken);
        return schedule is not null ? TypedResults.Created($"/api/v1/schedules/{schedule.Id}", schedule.ToView()) : new Invalid(wrong!);
    }

    private static Task<Results<Ok<ScheduleView>, Missing, Invalid, Unavailable>> ReplaceAsync(
        string id, ScheduleRequest request, ScheduleChanges changes, Submission submission, Caller caller, CancellationToken cancellationToken) =>
        SaveAsync(id, "schedule.changed", _ => request, changes, submission, caller, cancellationToken);

    private static Task<Results<Ok<ScheduleView>, Missing, Invalid, Unavailable>> ChangeAsync(
        string id, ChangeScheduleRequest request, ScheduleChanges changes, Submission submission, Caller caller, CancellationToken cancellationToken) =>
        SaveAsync(id, "schedule.changed", schedule => schedule.ToRequest().With(request), changes, submission, caller, cancellationToken);

    private static Task<Results<Ok<ScheduleView>, Missing, Invalid, Unavailable>> ResumeAsync(
        string id, ScheduleChanges changes, Submission submission, Caller caller, CancellationToken cancellationToken) =>
        SaveAsync(id, "schedule.resumed", schedule => schedule.ToRequest() with { Enabled = true }, changes, submission, caller, cancellationToken);

    private static async Task<Results<Ok<ScheduleView>, Missing>> PauseAsync(
        string id, ScheduleChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.PauseAsync(caller, id, cancellationToken) is { } paused ? TypedResults.Ok(paused.ToView()) : new Missing();

    private static async Task<Results<Ok<Deleted>, Missing>> DeleteAsync(string id, ScheduleChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.DeleteAsync(caller, id, cancellationToken) ? TypedResults.Ok(new Deleted()) : new Missing();

    private static async Task<Results<Ok<ScheduleView>, Missing, Invalid, Unavailable>> SaveAsync(
        string id, string action, Func<Schedule, ScheduleRequest> change, ScheduleChanges changes, Submission submission, Caller caller,
        CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotReady);
        }

        var (schedule, wrong) = await changes.ChangeAsync(caller, id, action, change, cancellationToken);
        return schedule is not null ? TypedResults.Ok(schedule.ToView()) : wrong is not null ? new Invalid(wrong) : new Missing();
    }
}
