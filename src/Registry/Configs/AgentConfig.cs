using Agents.Contracts.Registry;
using Agents.Registry.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Configs;

/// <summary>What an agent's device said last that the agent is. It goes with the agent.</summary>
internal sealed class AgentConfig
{
    public required string AgentId { get; init; }

    public required string Revision { get; init; }

    /// <summary>The agent's, when it was said.</summary>
    public string? PostId { get; init; }

    public int? Version { get; init; }

    /// <summary>Since when it has this version of this post.</summary>
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset At { get; init; }

    public HeldConfig ToHeld() => new(Revision, Version, Since, At);

    public static void Describe(EntityTypeBuilder<AgentConfig> config)
    {
        config.ToTable("agent_configs");
        config.HasKey(c => c.AgentId);
        config.HasOne<Agent>().WithOne().HasForeignKey<AgentConfig>(c => c.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}
