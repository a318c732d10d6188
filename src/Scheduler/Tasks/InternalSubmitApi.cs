using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Scheduler.Tasks;

/// <summary>For Realtime: what people submit by their sockets.</summary>
internal static class InternalSubmitApi
{
    public static void MapInternalSubmits(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/work/tasks", SubmitForAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<SubmittedTask>, Invalid, Clash, Unavailable>> SubmitForAsync(
        SubmitFor submit, Submission submission, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotNow.NoFleet);
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
            _ => new Unavailable(NotNow.TooMuch),
        };
    }
}
