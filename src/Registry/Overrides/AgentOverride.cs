using Agents.Registry.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Overrides;

/// <summary>Beside the agent and not in its row: it may be long, and everybody reads agents all the time. It goes with the agent.</summary>
internal sealed class AgentOverride
{
    public required string AgentId { get; init; }

    public required string Overrides { get; set; }

    public static void Describe(EntityTypeBuilder<AgentOverride> overrides)
    {
        overrides.ToTable("agent_overrides");
        overrides.HasKey(o => o.AgentId);
        overrides.Property(o => o.Overrides).HasColumnType("json");
        overrides.HasOne<Agent>().WithOne().HasForeignKey<AgentOverride>(o => o.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}
