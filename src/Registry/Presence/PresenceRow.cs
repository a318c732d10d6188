using Agents.Contracts.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Presence;

/// <summary>What was last heard of a device or an agent. Whether it still holds is <see cref="Presences.Of"/>'s to say.</summary>
internal sealed class PresenceRow
{
    public required PresenceKind Kind { get; init; }

    public required string Id { get; init; }

    public required string Status { get; set; }

    public required int Running { get; set; }

    /// <summary>The Realtime process that has it, or had it last.</summary>
    public required string Instance { get; set; }

    public required DateTimeOffset LastSeen { get; set; }

    /// <summary>Of a device, in hundredths, as those below.</summary>
    public short? Cpu { get; set; }

    public short? Memory { get; set; }

    public short? Disk { get; set; }

    /// <summary>
    /// Nothing but the key is indexed and pages are kept half empty, so a heartbeat's update finds place in its page and
    /// touches no index.
    /// </summary>
    public static void Describe(EntityTypeBuilder<PresenceRow> presence)
    {
        presence.ToTable("presence");
        presence.HasKey(p => new { p.Kind, p.Id });
        presence.HasStorageParameter("fillfactor", 50);
    }
}

/// <summary>A Realtime process, and when it last reported.</summary>
internal sealed class RealtimeInstance
{
    public required string Id { get; init; }

    public required DateTimeOffset SeenAt { get; set; }

    public static void Describe(EntityTypeBuilder<RealtimeInstance> instance)
    {
        instance.ToTable("realtime_instances");
        instance.HasKey(i => i.Id);
        instance.HasStorageParameter("fillfactor", 50);
    }
}
