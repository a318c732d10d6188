using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Registry.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Secrets;

/// <summary>Sealed by Posts; here it lies beside its agent, goes with it, and can't be opened.</summary>
internal sealed class AgentSecret
{
    public required string AgentId { get; init; }

    public required string Name { get; init; }

    public required byte[] WrappedKey { get; set; }

    public required byte[] Sealed { get; set; }

    public required int Version { get; set; }

    public required string UpdatedBy { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public SecretView ToView() => new(Name, Version, UpdatedAt, UpdatedBy);

    public SealedSecret ToSealed() => new(Name, Version, WrappedKey, Sealed);

    public static void Describe(EntityTypeBuilder<AgentSecret> secret)
    {
        secret.ToTable("agent_secrets");
        secret.HasKey(s => new { s.AgentId, s.Name });
        secret.HasOne<Agent>().WithMany().HasForeignKey(s => s.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}
