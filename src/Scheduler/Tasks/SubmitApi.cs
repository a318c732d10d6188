using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Scheduler.Tasks;

/// <summary>Where tasks come in.</summary>
internal static class SubmitApi
{
    public static void MapSubmits(this IEndpointRouteBuilder routes)
    {
        var submits = routes.MapGroup("").WithTags("Tasks").RequireAuthorization(Policies.UserOrDevice);

        submits.MapPost("/tasks", SubmitAsync).WithIdempotency();
        submits.MapPost("/tasks/batch", SubmitBatchApi.SubmitAsync).WithIdempotency();
        submits.MapPost("/agents/{id}/tasks", SubmitToAsync).WithIdempotency();
    }

    private static async Task<Results<Accepted<SubmittedTask>, Invalid, Clash, Unavailable>> SubmitAsync(
        SubmitTaskRequest request, Submission submission, AfterSubmit after, SchedulerDb db, HttpContext http, Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotNow.NoFleet);
        }

        await submission.KnowAsync([request], Submitter.Of(caller), cancellationToken);
        var (task, wrong) = submission.Check(request, Submitter.Of(caller));
        if (task is null)
        {
            return new Invalid(wrong!);
        }

        var submitted = db.Database.CurrentTransaction is null
            ? await submission.SubmitAsync([task], cancellationToken)
            : await submission.WithinAsync([task], after, db, http, cancellationToken);
        return submitted?[0] switch
        {
            Submitted.Stored stored => TypedResults.Accepted($"/api/v1/tasks/{stored.Id}", new SubmittedTask(stored.Id.ToString(), StatusFor(http, stored.Status), stored.Existing)),
            Submitted.Refused refused => new Invalid(refused.Field, refused.Problem),
            Submitted.Rejected rejected => new Clash($"There is a task with this dedup_key: {rejected.Existing}."),
            _ => new Unavailable(NotNow.TooMuch),
        };
    }

    private static async Task<Results<Accepted<SubmittedTask>, Missing, Invalid, Clash, Unavailable>> SubmitToAsync(
        string id, SubmitTaskRequest request, Submission submission, AfterSubmit after, SchedulerDb db, HttpContext http, Caller caller,
        CancellationToken cancellationToken)
    {
        var to = request with { AgentId = id };
        await submission.KnowAsync([to], Submitter.Of(caller), cancellationToken);
        if (submission.IsReady && !submission.Sees(id, Submitter.Of(caller)))
        {
            return new Missing("There is no such agent, or it is not yours to see.");
        }

        var submitted = await SubmitAsync(to, submission, after, db, http, caller, cancellationToken);
        return submitted.Result switch
        {
            Accepted<SubmittedTask> accepted => accepted,
            Invalid invalid => invalid,
            Clash clash => clash,
            var other => (Unavailable)other,
        };
    }

    private static string StatusFor(HttpContext http, string status) => PlainTask.IsAskedFor(http.Request) ? TaskStatus.Plain(status) : status;
}
