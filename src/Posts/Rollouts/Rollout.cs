using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Posts.Rollouts;

/// <summary>A version on its way from some of a post's agents to all of them, or back.</summary>
internal sealed class Rollout
{
    public const string RunningIndex = "ix_rollouts_running";

    public required string Id { get; init; }

    public required string PostId { get; init; }

    public required int From { get; init; }

    public required int To { get; init; }

    public required string State { get; set; }

    public required string Reason { get; set; }

    public required List<int> Steps { get; init; }

    /// <summary>Its place among them.</summary>
    public required int Step { get; set; }

    public required bool Automatic { get; set; }

    public required int Tasks { get; init; }

    public required double SuccessDrop { get; init; }

    public required double CostRise { get; init; }

    public required double MinSuccess { get; init; }

    public required string Note { get; init; }

    public required string StartedBy { get; init; }

    public required string StartedByName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset StepAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Up to where Scheduler's ends are counted; null before it was asked.</summary>
    public long? Counted { get; set; }

    public Tally New { get; set; } = Tally.None;

    public Tally Old { get; set; } = Tally.None;

    public Tally Before { get; set; } = Tally.None;

    public RolloutTerms Terms => new(Tasks, SuccessDrop, CostRise, MinSuccess);

    public int Percent => Steps[Step];

    public RolloutView ToView(IReadOnlyList<string> agents) => new(
        Id, PostId, From, To, State, Reason, Steps, Step, Percent, Automatic, Terms, agents, New.ToView(), Old.ToView(), Before.ToView(), Note,
        new(StartedBy, StartedByName), StartedAt, StepAt, EndedAt);

    public static void Describe(EntityTypeBuilder<Rollout> rollout)
    {
        rollout.ToTable("rollouts");
        rollout.HasKey(r => r.Id);
        rollout.ComplexProperty(r => r.New);
        rollout.ComplexProperty(r => r.Old);
        rollout.ComplexProperty(r => r.Before);
        rollout.HasIndex(r => new { r.PostId, r.StartedAt });
        // Two at once would each say which version an agent follows.
        rollout.HasIndex(r => r.PostId).IsUnique().HasFilter($"state = '{RolloutState.Running}'").HasDatabaseName(RunningIndex);
        rollout.HasOne<Post>().WithMany().HasForeignKey(r => r.PostId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>An agent that follows the new version while its roll-out runs.</summary>
internal sealed class RolloutAgent
{
    public required string RolloutId { get; init; }

    public required string AgentId { get; init; }

    public static void Describe(EntityTypeBuilder<RolloutAgent> agent)
    {
        agent.ToTable("rollout_agents");
        agent.HasKey(a => new { a.RolloutId, a.AgentId });
        agent.HasIndex(a => a.AgentId);
        agent.HasOne<Rollout>().WithMany().HasForeignKey(a => a.RolloutId).OnDelete(DeleteBehavior.Cascade);
    }
}
