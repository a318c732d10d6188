using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Changes;
using Agents.Posts.Posts;
using Agents.Posts.Staff;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Rollouts;

/// <summary>A roll-out's next step and its end, whoever takes it. Within a transaction that holds the post's row.</summary>
internal sealed class RolloutSteps(PostsDb db, ChangeFeed feed, IRegistryInternal registry, TimeProvider time)
{
    /// <summary>The last one, in per cent.</summary>
    public const int All = 100;

    public async Task TakeAsync(Caller by, Post post, Rollout rollout, int step, string reason, CancellationToken cancellationToken)
    {
        List<(string Id, bool Online)> agents = [.. (await registry.AllStaffAsync(post.Id, cancellationToken)).Select(agent => (agent.Agent.Id, agent.Online is true))];
        var given = (await db.RolloutAgents.Where(a => a.RolloutId == rollout.Id).Select(a => a.AgentId).ToListAsync(cancellationToken)).ToHashSet();
        IReadOnlyList<string> more = [];
        // Of few agents a step may be no more than the one before: it would only wait for the same once more.
        while (rollout.Steps[step] < All && (more = Share.More(rollout.Id, agents, given, rollout.Steps[step])).Count == 0)
        {
            step++;
        }

        if (more.Count == 0)
        {
            await EndAsync(by, post, rollout, RolloutState.Done, agents.Count == 0 ? "The post has no agents." : reason, cancellationToken);
            return;
        }

        var action = given.Count == 0 ? "rollout.started" : "rollout.advanced";
        (rollout.Step, rollout.StepAt, rollout.Reason, rollout.New) = (step, time.GetUtcNow(), reason, Tally.None);
        db.RolloutAgents.AddRange(more.Select(agent => new RolloutAgent { RolloutId = rollout.Id, AgentId = agent }));
        await TellAsync(by, post, rollout, action, $"{rollout.Percent} %, {more.Count} more agents. {reason}", cancellationToken);
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
}
