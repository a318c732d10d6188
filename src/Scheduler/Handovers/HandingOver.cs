using Agents.Contracts.Scheduler;
using Agents.Scheduler.Budgets;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Handovers;

/// <summary>Makes a task of what an agent hands over, for the owner of its own, within all limits.</summary>
internal sealed class HandingOver(
    Submission submission, AfterSubmit after, Fleet fleet, BudgetBook budgets, NpgsqlDataSource postgres, TimeProvider time, IOptions<WorkOptions> options)
{
    private readonly WorkOptions _limits = options.Value;

    /// <returns>What was made, or why nothing was.</returns>
    public async Task<(HandedOver? Made, Failure? Refusal)> HandOverAsync(LiveRun run, HandOverRequest request, Caller by, CancellationToken cancellationToken)
    {
        var owner = OwnerOf(run);
        var submit = new SubmitTaskRequest(
            request.AgentId, request.PostId, Prompt: request.Prompt, Input: request.Input, Priority: new(run.Priority), Timeout: request.Timeout,
            DedupKey: request.DedupKey is { } key ? $"handover:{run.Task}:{key}" : null);
        await submission.KnowAsync([submit], owner, cancellationToken);
        var (task, wrong) = submission.Check(submit, owner);
        if (task is null)
        {
            return (null, new Invalid(wrong!));
        }

        task = task with { Parent = run.Task };
        await submission.FindLanesAsync(task, cancellationToken);
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.HoldAsync(run, cancellationToken))
        {
            return (null, NotRunning());
        }

        var submitted = await submission.SubmitWithinAsync(connection, [task], cancellationToken);
        var chain = await connection.ChainAsync(run.Task, cancellationToken);
        var depth = HandoverRules.Depth(chain);
        switch (submitted[0])
        {
            case Submitted.Stored { Existing: true } stored:
                var before = await postgres.HandedAsync(run.Task, _limits.MostHandovers, cancellationToken);
                return (new(stored.Id.ToString(), stored.Status, depth, _limits.MostHandovers - before.Count, "It was handed over already."), null);
            case Submitted.Refused refused:
                return (null, new Invalid(refused.Field, refused.Problem));
        }

        var root = chain[^1];
        var (ofTask, ofTree) = await connection.AddHandoverAsync(task.Id, run, root.Task, cancellationToken);
        var candidates = Candidates(request, owner);
        var most = root.Agent is { } first ? budgets.Limits.Find(first)?.Own.PerTask() ?? default : default;
        var refusal = HandoverRules.TooDeep(depth, _limits.MostHandoverDepth)
            ?? HandoverRules.TooMany(ofTask, _limits.MostHandovers, ofTree, _limits.MostHandoversInTree)
            ?? (most.IsNone ? null : HandoverRules.TooDear(most, await connection.TreeSpentAsync(root.Task, cancellationToken)))
            ?? HandoverRules.AllBlocked(candidates, chain);
        if (refusal is not null)
        {
            return (null, new WrongState(refusal));
        }

        await connection.AddAuditAsync(AuditEntry.Of(by, time, "task.handed_over", task.Id.ToString(), detail: $"by {run.Agent} out of {run.Task}"), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        after.Stored([task], submitted);
        return (new(task.Id.ToString(), task.Status, depth, _limits.MostHandovers - ofTask, Note(candidates)), null);
    }

    /// <summary>Whose task it is decides about whom it may be handed to. What roles he has is not known here: private agents of others are nobody's.</summary>
    public static Submitter OwnerOf(LiveRun run) => new(run.Owner, SeesAll: false, run.Owner == run.Device ? run.Device : null);

    public static WrongState NotRunning() => new("This attempt does not run any more: nothing is done in its name.");

    private List<Worker> Candidates(HandOverRequest request, Submitter owner) =>
        [.. fleet.Workers().Workers.Where(worker => request.AgentId is { } agent ? worker.Id == agent : worker.Agent.PostId == request.PostId && owner.Sees(worker.Agent))];

    private static string? Note(List<Worker> candidates) =>
        candidates.All(worker => worker.Holder is null) ? "Nobody who could do it is connected just now: it waits until somebody is."
        : candidates.All(worker => worker.Holder is null || worker.Device?.Draining is true) ? "Who could do it is being drained: it waits."
        : null;
}
