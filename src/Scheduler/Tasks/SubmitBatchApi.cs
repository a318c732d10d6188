using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Scheduler.Tasks;

/// <summary>Many tasks at once, which may name each other.</summary>
internal static class SubmitBatchApi
{
    public static async Task<Results<Accepted<SubmittedBatch>, Invalid, Clash, Unavailable>> SubmitAsync(
        SubmitBatchRequest request, Submission submission, AfterSubmit after, SchedulerDb db, HttpContext http, Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotNow.NoFleet);
        }

        await submission.KnowAsync(request.Tasks, Submitter.Of(caller), cancellationToken);
        var batch = Batch.Of(request.Tasks, submission, Submitter.Of(caller));
        if (request.Atomic && batch.Problems() is { } problems)
        {
            return new Invalid(problems);
        }

        var submitted = batch.Tasks.Count == 0 ? []
            : db.Database.CurrentTransaction is not null ? await submission.WithinAsync(batch.Tasks, after, db, http, cancellationToken)
            : request.Atomic ? await submission.SubmitAtomicAsync(batch.Tasks, cancellationToken)
            : await submission.SubmitAsync(batch.Tasks, cancellationToken);
        if (submitted is null)
        {
            return new Unavailable(NotNow.TooMuch);
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
}
