using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Changes;
using Agents.Posts.Posts;
using Agents.Posts.Staff;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Rollouts;

/// <summary>How a roll-out begins, goes on and ends, by a person or by its tasks. Whoever changes it has its post's row.</summary>
internal sealed class RolloutChanges(PostsDb db, ChangeFeed feed, IRegistryInternal registry, TimeProvider time)
{
    private const int All = 100;

    private static readonly int[] UsualSteps = [10, 50, All];

    public enum Outcome
    {
        Done,
        Missing,
        NoSuchVersion,

        /// <summary>All agents follow it already.</summary>
        Released,

        /// <summary>Another one is under way.</summary>
        Running,

        /// <summary>It has ended.</summary>
        Ended,
    }

    public async Task<(Outcome Outcome, Rollout? Rollout)> StartAsync(Caller by, string postId, RolloutRequest request, CancellationToken cancellationToken)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (await db.LockAsync(postId, cancellationToken) is not { } post)
        {
            return (Outcome.Missing, null);
        }

        var to = request.Version ?? post.Version;
        if (!await db.Versions.AnyAsync(v => v.PostId == postId && v.Number == to, cancellationToken))
        {
            return (Outcome.NoSuchVersion, null);
        }

        if (await RunningAsync(postId, cancellationToken) is { } running)
        {
            return (Outcome.Running, running);
        }

        if (to == post.Released)
        {
            return (Outcome.Released, null);
        }

        var (now, steps, usual) = (time.GetUtcNow(), request.Steps ?? UsualSteps, RolloutTerms.Usual);
        var rollout = new Rollout
        {
            Id = Ids.New(time),
            PostId = postId,
            From = post.Released,
            To = to,
            State = RolloutState.Running,
            Reason = "",
            Steps = [.. steps[^1] == All ? steps : steps.Append(All)],
            Step = 0,
            Automatic = request.Automatic ?? true,
            Tasks = request.Tasks ?? usual.Tasks,
            SuccessDrop = request.SuccessDrop ?? usual.SuccessDrop,
            CostRise = request.CostRise ?? usual.CostRise,
            MinSuccess = request.MinSuccess ?? usual.MinSuccess,
            Note = request.Note ?? "",
            StartedBy = by.Id,
            StartedByName = by.Name,
            StartedAt = now,
            StepAt = now,
        };
        db.Rollouts.Add(rollout);
        await TakeStepAsync(by, post, rollout, 0, "It has begun.", cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return (Outcome.Done, rollout);
    }

    /// <summary>The next step.</summary>
    public Task<(Outcome Outcome, Rollout? Rollout)> AdvanceAsync(Caller by, string postId, string id, string reason, CancellationToken cancellationToken) =>
        WithLockedAsync(postId, id, (post, rollout) => TakeStepAsync(by, post, rollout, rollout.Step + 1, reason, cancellationToken), cancellationToken);

    /// <summary>All agents follow the old version again.</summary>
    public Task<(Outcome Outcome, Rollout? Rollout)> GoBackAsync(Caller by, string postId, string id, string reason, CancellationToken cancellationToken) =>
        WithLockedAsync(postId, id, (post, rollout) => EndAsync(by, post, rollout, RolloutState.Back, reason, cancellationToken), cancellationToken);

    public Task<(Outcome Outcome, Rollout? Rollout)> ChangeAsync(Caller by, string postId, string id, bool automatic, CancellationToken cancellationToken) =>
        WithLockedAsync(postId, id, async (post, rollout) =>
        {
            rollout.Automatic = automatic;
            db.AuditOutbox.Add(AuditEntry.Of(by, time, "rollout.changed", id, detail: $"{post.Name}: {(automatic ? "goes on by itself" : "goes on by hand")}"));
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>Within a transaction that holds the post's row.</summary>
    public Task<Rollout?> RunningAsync(string postId, CancellationToken cancellationToken) =>
        db.Rollouts.SingleOrDefaultAsync(r => r.PostId == postId && r.State == RolloutState.Running, cancellationToken);

    /// <summary>Within a transaction that holds the post's row, as all that follow.</summary>
    public async Task TakeStepAsync(Caller by, Post post, Rollout rollout, int step, string reason, CancellationToken cancellationToken)
    {
        List<(string Id, bool Online)> agents = [.. (await registry.AllStaffAsync(post.Id, cancellationToken)).Select(agent => (agent.Agent.Id, agent.Online is true))];
        var given = (await db.RolloutAgents.Where(a => a.RolloutId == rollout.Id).Select(a => a.AgentId).ToListAsync(cancellationToken)).ToHashSet();
        IReadOnlyList<string> more = [];
        // Of few agents a step may be no more than the one before: it would only wait for the same once more.
        for (; rollout.Steps[step] < All && more.Count == 0; step += more.Count == 0 ? 1 : 0)
        {
            more = Share.More(rollout.Id, agents, given, rollout.Steps[step]);
        }

        if (more.Count == 0)
        {
            await EndAsync(by, post, rollout, RolloutState.Done, agents.Count == 0 ? "The post has no agents." : reason, cancellationToken);
            return;
        }

        var action = given.Count == 0 ? "rollout.started" : "rollout.advanced";
        (rollout.Step, rollout.StepAt, rollout.Reason, rollout.New) = (step, time.GetUtcNow(), reason, Tally.None);
        db.RolloutAgents.AddRange(more.Select(agent => new RolloutAgent { RolloutId = rollout.Id, AgentId = agent }));
        await TellAsync(by, post, rollout, action, $"{rollout.Percent} %, {more.Count} more agents", cancellationToken);
    }

    public async Task EndAsync(Caller by, Post post, Rollout rollout, string state, string reason, CancellationToken cancellationToken)
    {
        (rollout.State, rollout.Reason, rollout.EndedAt) = (state, reason, time.GetUtcNow());
        if (state is RolloutState.Done)
        {
            rollout.Step = rollout.Steps.Count - 1;
            post.Released = rollout.To;
        }

        await TellAsync(by, post, rollout, state is RolloutState.Done ? "rollout.done" : "rollout.taken_back", reason, cancellationToken);
    }

    private async Task TellAsync(Caller by, Post post, Rollout rollout, string action, string detail, CancellationToken cancellationToken)
    {
        db.AuditOutbox.Add(AuditEntry.Of(by, time, action, rollout.Id, detail: $"{post.Name}, version {rollout.From} to {rollout.To}: {detail}"));
        await feed.SaveAsync(PostChangeKind.PostSaved, post.Id, cancellationToken);
    }

    private async Task<(Outcome Outcome, Rollout? Rollout)> WithLockedAsync(string postId, string id, Func<Post, Rollout, Task> change, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockAsync(postId, cancellationToken) is not { } post
            || await db.Rollouts.SingleOrDefaultAsync(r => r.Id == id && r.PostId == postId, cancellationToken) is not { } rollout)
        {
            return (Outcome.Missing, null);
        }

        if (rollout.State is not RolloutState.Running)
        {
            return (Outcome.Ended, rollout);
        }

        await change(post, rollout);
        await transaction.CommitAsync(cancellationToken);
        return (Outcome.Done, rollout);
    }
}
