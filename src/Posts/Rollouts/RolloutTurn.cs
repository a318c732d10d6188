using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Posts.Posts;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Rollouts;

/// <summary>Counts what has ended since the last turn, each once, and does what that says.</summary>
internal sealed class RolloutTurn(PostsDb db, RolloutSteps steps, IRegistryInternal registry, ISchedulerInternal scheduler)
{
    /// <summary>It is nobody's deed, and the audit says whose rules it was.</summary>
    private static readonly Caller Itself = Caller.Nobody with { Id = "rollout", Name = "rollout" };

    /// <summary>Whether there is more to count.</summary>
    public async Task<bool> TakeAsync(string id, CancellationToken cancellationToken)
    {
        if (await db.Rollouts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.State == RolloutState.Running, cancellationToken) is not { } asked)
        {
            return false;
        }

        // The others are asked before anything is locked: they may take their time.
        var page = await scheduler.GetTrialAsync(new(asked.PostId, asked.Counted), cancellationToken);
        if (page.Items.Count == 0 && asked.Counted is not null && !(asked.Automatic && VerdictOf(asked).Judgement is not Judgement.Wait))
        {
            // Nothing has ended since, and what did has been judged: nobody who changes the post waits for that.
            return false;
        }

        var given = (await db.RolloutAgents.Where(a => a.RolloutId == id).Select(a => a.AgentId).ToListAsync(cancellationToken)).ToHashSet();
        var held = await HeldAsync([.. page.Items.Select(end => end.AgentId).Where(given.Contains).Distinct()], asked.PostId, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockAsync(asked.PostId, cancellationToken) is not { } post
            || await db.RunningRolloutAsync(post.Id, cancellationToken) is not { } rollout
            || rollout.Id != id || rollout.Counted != asked.Counted || rollout.Step != asked.Step)
        {
            // Another process was quicker, or a person.
            return false;
        }

        rollout.Counted = page.Last;
        rollout.Before = page.Before is { } before ? Tally.Of(before) : rollout.Before;
        foreach (var end in page.Items)
        {
            Count(rollout, end, given, held);
        }

        await JudgeAsync(post, rollout, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return page.Items.Count == TrialPage.Most;
    }

    private async Task JudgeAsync(Post post, Rollout rollout, CancellationToken cancellationToken)
    {
        var verdict = VerdictOf(rollout);
        rollout.Reason = verdict.Reason;
        if (!rollout.Automatic)
        {
            return;
        }

        switch (verdict.Judgement)
        {
            case Judgement.GoOn:
                await steps.TakeAsync(Itself, post, rollout, rollout.Step + 1, verdict.Reason, cancellationToken);
                break;
            case Judgement.GoBack:
                await steps.EndAsync(Itself, post, rollout, RolloutState.Back, verdict.Reason, cancellationToken);
                break;
        }
    }

    private static Verdict VerdictOf(Rollout rollout) => Verdict.Of(rollout.Terms, rollout.New, rollout.Old, rollout.Before);

    /// <summary>What began before its agent had the new version says nothing of it, and nothing of the old one that is fresh.</summary>
    private static void Count(Rollout rollout, TrialEnd end, HashSet<string> given, Dictionary<string, HeldConfig> held)
    {
        if (!given.Contains(end.AgentId))
        {
            rollout.Old = end.StartedAt >= rollout.StartedAt ? rollout.Old.And(end) : rollout.Old;
        }
        else if (held.TryGetValue(end.AgentId, out var has) && has.Version == rollout.To && end.StartedAt >= has.Since)
        {
            rollout.New = rollout.New.And(end);
        }
    }

    private async Task<Dictionary<string, HeldConfig>> HeldAsync(IReadOnlyList<string> agents, string postId, CancellationToken cancellationToken)
    {
        Dictionary<string, HeldConfig> held = [];
        foreach (var some in agents.Chunk(AgentIds.Most))
        {
            foreach (var agent in (await registry.GetManyOverridesAsync(new(some), cancellationToken)).Items.Where(a => a.Held is not null && a.Agent.PostId == postId))
            {
                held[agent.Agent.Id] = agent.Held!;
            }
        }

        return held;
    }
}
