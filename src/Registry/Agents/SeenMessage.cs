using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Registry.Agents;

/// <summary>A signed message that was taken. The same one a second time is a replay, also after a restart.</summary>
internal sealed class SeenMessage
{
    /// <summary>Longer than a signature's time may be off to either side.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(15);

    public required string DeviceId { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public static void Describe(EntityTypeBuilder<SeenMessage> message)
    {
        message.ToTable("seen_messages");
        message.HasKey(m => new { m.DeviceId, m.Id });
        message.HasIndex(m => m.At);
    }
}
