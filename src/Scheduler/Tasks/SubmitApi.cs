using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Search;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Agents.ServiceDefaults.Loops;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>Where tasks come in.</summary>
internal static class SubmitApi
{
    private const string NotReady = "It is not known yet which agents there are. Try again soon.";
    private const string TooMuch = "Too much is submitted at once. Try again soon.";

    public static void AddTasks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHostedService<TaskPartitions>();
        services.AddSingleton<Cancellation>();
        services.AddSingleton<Retrying>();
        services.AddSingleton<SubmitWriter>();
        services.AddSingleton<AfterSubmit>();
        services.AddSingleton<Submission>();
        services.AddLoop<SubmitBatcher>();
        services.AddSingleton<TaskSearch>();
        services.AddHostedService<TextIndexing>();
    }

    public static void MapSubmits(this IEndpointRouteBuilder routes)
    {
        var submits = routes.MapGroup("").WithTags("Tasks").RequireAuthorization(Policies.UserOrDevice);

        submits.MapPost("/tasks", SubmitAsync).WithIdempotency();
        submits.MapPost("/tasks/batch", BatchAsync).WithIdempotency();
        submits.MapPost("/agents/{id}/tasks", SubmitToAsync).WithIdempotency();
    }

    public static void MapInternalSubmits(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/work/tasks", SubmitForAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Accepted<SubmittedTask>, Invalid, Clash, Unavailable>> SubmitAsync(
        SubmitTaskRequest request, Submission submission, AfterSubmit after, SchedulerDb db, HttpContext http, Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotReady);
        }

        await submission.KnowAsync([request], Submitter.Of(caller), cancellationToken);
        var (task, wrong) = submission.Check(request, Submitter.Of(caller));
        if (task is null)
        {
            return new Invalid(wrong!);
        }

        var submitted = db.Database.CurrentTransaction is null
            ? await submission.SubmitAsync([task], cancellationToken)
            : await WithinAsync([task], submission, after, db, http, cancellationToken);
        return submitted?[0] switch
        {
            Submitted.Stored stored => TypedResults.Accepted($"/api/v1/tasks/{stored.Id}", new SubmittedTask(stored.Id.ToString(), StatusFor(http, stored.Status), stored.Existing)),
            Submitted.Refused refused => new Invalid(refused.Field, refused.Problem),
            Submitted.Rejected rejected => new Clash($"There is a task with this dedup_key: {rejected.Existing}."),
            _ => new Unavailable(TooMuch),
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

    private static async Task<Results<Accepted<SubmittedBatch>, Invalid, Clash, Unavailable>> BatchAsync(
        SubmitBatchRequest request, Submission submission, AfterSubmit after, SchedulerDb db, HttpContext http, Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotReady);
        }

        await submission.KnowAsync(request.Tasks, Submitter.Of(caller), cancellationToken);
        var batch = Batch.Of(request.Tasks, submission, Submitter.Of(caller));
        if (request.Atomic && batch.Problems() is { } problems)
        {
            return new Invalid(problems);
        }

        var submitted = batch.Tasks.Count == 0 ? []
            : db.Database.CurrentTransaction is not null ? await WithinAsync(batch.Tasks, submission, after, db, http, cancellationToken)
            : request.Atomic ? await submission.SubmitAtomicAsync(batch.Tasks, cancellationToken)
            : await submission.SubmitAsync(batch.Tasks, cancellationToken);
        if (submitted is null)
        {
            return new Unavailable(TooMuch);
        }

        if (request.Atomic && batch.Problems(submitted) is { } refused)
        {
            return new Invalid(refused);
        }

        if (request.Atomic && submitted.OfType<Submitted.Rejected>().FirstOrDefault() is { } rejected)
        {
            return new Clash($"There is a task with one of these dedup_keys: {rejected.Existing}. Nothing was submitted.");
        }

        return TypedResults.Accepted((string?)null, new SubmittedBatch(batch.Answer(submitted)));
    }

    private static async Task<Results<Ok<SubmittedTask>, Invalid, Clash, Unavailable>> SubmitForAsync(
        SubmitFor submit, Submission submission, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotReady);
        }

        var by = new Submitter(submit.Caller, submit.Roles.Contains(Roles.Admin) || submit.Roles.Contains(Roles.Operator));
        await submission.KnowAsync([submit.Task], by, cancellationToken);
        var (task, wrong) = submission.Check(submit.Task, by);
        if (task is null)
        {
            return new Invalid(wrong!);
        }

        return (await submission.SubmitAsync([task], cancellationToken))?[0] switch
        {
            Submitted.Stored stored => TypedResults.Ok(new SubmittedTask(stored.Id.ToString(), stored.Status, stored.Existing)),
            Submitted.Refused refused => new Invalid(refused.Field, refused.Problem),
            Submitted.Rejected rejected => new Clash($"There is a task with this dedup_key: {rejected.Existing}."),
            _ => new Unavailable(TooMuch),
        };
    }

    /// <summary>With an Idempotency-Key the tasks are stored in the transaction of the answer, and nobody is told of them before it is committed.</summary>
    private static async Task<Submitted[]?> WithinAsync(
        IReadOnlyList<NewTask> tasks, Submission submission, AfterSubmit after, SchedulerDb db, HttpContext http, CancellationToken cancellationToken)
    {
        var submitted = await submission.SubmitWithinAsync((NpgsqlConnection)db.Database.GetDbConnection(), tasks, cancellationToken);
        http.Response.OnCompleted(() =>
        {
            after.Stored(tasks, submitted);
            return Task.CompletedTask;
        });
        return submitted;
    }

    private static string StatusFor(HttpContext http, string status) => PlainTask.IsAskedFor(http.Request) ? TaskStatus.Plain(status) : status;
}
