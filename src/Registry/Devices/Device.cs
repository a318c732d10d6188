using Agents.Contracts.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Devices;

internal sealed class Device
{
    public const int DefaultConcurrency = 10;

    public required string Id { get; init; }

    /// <summary>Who made the token that it was first enrolled with.</summary>
    public required string? Owner { get; set; }

    public required string IpAddress { get; set; }

    public required string Hostname { get; set; }

    public required string Os { get; set; }

    public required string Arch { get; set; }

    public required string Version { get; set; }

    public required List<string> Capabilities { get; set; }

    public string Labels { get; set; } = Registry.Labels.None;

    public string Pool { get; set; } = "";

    public int Concurrency { get; set; } = DefaultConcurrency;

    public bool Draining { get; set; }

    public required byte[] TokenHash { get; set; }

    /// <summary>See <see cref="TokenVersions"/>.</summary>
    public required int TokenVersion { get; set; }

    /// <summary>The key that it signs with now.</summary>
    public string? KeyId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <param name="load">Of when it was there last: of one that is offline nobody can tell.</param>
    public DeviceView ToView(string? status, DateTimeOffset? lastSeen, int agents, DeviceLoad? load)
    {
        var isOnline = status is not (null or PresenceStatus.Offline);
        return new(
            Id, isOnline ? PresenceStatus.Online : PresenceStatus.Offline, lastSeen, IpAddress, Hostname, Os, Arch, Version, Capabilities,
            Registry.Labels.Read(Labels), Pool, Concurrency, Draining, Owner, KeyId, agents, CreatedAt, UpdatedAt, isOnline ? load : null);
    }

    public DeviceFacts ToFacts() => new(Id, Owner, Concurrency, Draining, Capabilities, Registry.Labels.Read(Labels));

    public static void Describe(EntityTypeBuilder<Device> device)
    {
        device.ToTable("devices");
        device.HasKey(d => d.Id);
        device.Property(d => d.Labels).HasColumnType("jsonb");
        device.HasIndex(d => d.TokenHash).IsUnique();
        device.HasIndex(d => d.Owner);
        device.HasIndex(d => d.CreatedAt);
    }
}
