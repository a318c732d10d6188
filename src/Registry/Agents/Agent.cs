using System.Text.Json;
using Agents.Contracts.Registry;
using Agents.Registry.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Agents;

internal sealed class Agent
{
    public const string DefaultType = "agent";
    public const string NoMeta = "{}";
    public const int DefaultConcurrency = 1;

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string Type { get; set; }

    public required string Role { get; set; }

    public required List<string> Capabilities { get; set; }

    public required List<string> Tags { get; set; }

    public required int Concurrency { get; set; }

    public string Labels { get; set; } = Registry.Labels.None;

    public string Pool { get; set; } = "";

    /// <summary>Kept as it was written; nobody searches in it.</summary>
    public string Meta { get; set; } = NoMeta;

    /// <summary>What it has otherwise than its post of how much its model may be used, out of its overrides: the dispatcher reads it all the time.</summary>
    public string? Limits { get; set; }

    public required string Visibility { get; set; }

    public required string? Owner { get; set; }

    public string? DeviceId { get; set; }

    public string? PostId { get; set; }

    /// <summary>Of the token that its own process connects with; see <see cref="AgentTokens"/>.</summary>
    public byte[]? TokenHash { get; set; }

    /// <summary>See <see cref="TokenVersions"/>; 0 where it has none.</summary>
    public int TokenVersion { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public AgentView ToView(string? status, int? running, DateTimeOffset? lastSeen) => new(
        Id, Name, Type, Role, status is not (null or PresenceStatus.Offline), status ?? PresenceStatus.Offline, running ?? 0, Tags, Capabilities,
        Concurrency, Registry.Labels.Read(Labels), Pool, JsonDocument.Parse(Meta).RootElement, Visibility, Owner, DeviceId, PostId, lastSeen, CreatedAt,
        UpdatedAt, TokenHash is not null);

    public KnownAgent ToKnown() =>
        new(Id, Name, Type, Role, Owner, Visibility, DeviceId, PostId, Capabilities, Tags, Registry.Labels.Read(Labels), Concurrency, TokenVersion,
            Limits is null ? null : JsonSerializer.Deserialize<Dictionary<string, decimal?>>(Limits));

    public static void Describe(EntityTypeBuilder<Agent> agent)
    {
        agent.ToTable("agents");
        agent.HasKey(a => a.Id);
        agent.Property(a => a.Labels).HasColumnType("jsonb");
        agent.Property(a => a.Meta).HasColumnType("json");
        agent.Property(a => a.Limits).HasColumnType("json");
        agent.HasIndex(a => a.DeviceId);
        agent.HasIndex(a => a.PostId);
        agent.HasIndex(a => a.TokenHash);
        agent.HasIndex(a => a.CreatedAt);
        agent.HasOne<Device>().WithMany().HasForeignKey(a => a.DeviceId).OnDelete(DeleteBehavior.Restrict);
    }
}
