using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Rollouts;

/// <summary>What operators do with roll-outs. Whoever changes one has its post's row.</summary>
internal sealed class RolloutChanges(PostsDb db, RolloutSteps steps, TimeProvider time)
{
    private static readonly int[] UsualSteps = [10, 50, RolloutSteps.All];

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

        if (await db.RunningRolloutAsync(postId, cancellationToken) is { } running)
        {
            return (Outcome.Running, running);
        }

        if (to == post.Released)
        {
            return (Outcome.Released, null);
        }

        var (now, shares, usual) = (time.GetUtcNow(), request.Steps ?? UsualSteps, RolloutTerms.Usual);
        var rollout = new Rollout
        {
            Id = Ids.New(time),
            PostId = postId,
            From = post.Released,
            To = to,
            State = RolloutState.Running,
            Reason = "",
            Steps = [.. shares[^1] == RolloutSteps.All ? shares : shares.Append(RolloutSteps.All)],
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
        await steps.TakeAsync(by, post, rollout, 0, "It has begun.", cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return (Outcome.Done, rollout);
    }

    /// <summary>The next step.</summary>
    public Task<(Outcome Outcome, Rollout? Rollout)> AdvanceAsync(Caller by, string postId, string id, string reason, CancellationToken cancellationToken) =>
        WithLockedAsync(postId, id, (post, rollout) => steps.TakeAsync(by, post, rollout, rollout.Step + 1, reason, cancellationToken), cancellationToken);

    /// <summary>All agents follow the old version again.</summary>
    public Task<(Outcome Outcome, Rollout? Rollout)> GoBackAsync(Caller by, string postId, string id, string reason, CancellationToken cancellationToken) =>
        WithLockedAsync(postId, id, (post, rollout) => steps.EndAsync(by, post, rollout, RolloutState.Back, reason, cancellationToken), cancellationToken);

    public Task<(Outcome Outcome, Rollout? Rollout)> ChangeAsync(Caller by, string postId, string id, bool automatic, CancellationToken cancellationToken) =>
        WithLockedAsync(postId, id, async (post, rollout) =>
        {
            rollout.Automatic = automatic;
            db.AuditOutbox.Add(AuditEntry.Of(by, time, "rollout.changed", id, detail: $"{post.Name}: {(automatic ? "goes on by itself" : "goes on by hand")}"));
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

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
