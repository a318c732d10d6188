using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Realtime.Signatures;

/// <summary>A signed frame that was taken. In the database, so that a replay is known after a restart and at another replica.</summary>
internal sealed class SeenFrame
{
    public required string DeviceId { get; init; }

    public required string FrameId { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public static void Describe(EntityTypeBuilder<SeenFrame> frame)
    {
        frame.ToTable("seen_frames");
        frame.HasKey(f => new { f.DeviceId, f.FrameId });
        frame.HasIndex(f => f.SeenAt);
    }
}

internal sealed class SeenFrames(IServiceScopeFactory scopes, TimeProvider time)
{
    public async ValueTask<bool> IsNewAsync(string deviceId, string frameId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RealtimeDb>();
        return await db.Database.ExecuteSqlAsync(
            $"INSERT INTO seen_frames (device_id, frame_id, seen_at) VALUES ({deviceId}, {frameId}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING",
            cancellationToken) == 1;
    }
}

/// <summary>Forgets what the clock alone would refuse by now.</summary>
internal sealed class SeenFramesSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<SeenFramesSweep> log)
    : Periodic(TimeSpan.FromMinutes(5), time, log)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(15);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Time.GetUtcNow() - KeptFor;
        await scope.ServiceProvider.GetRequiredService<RealtimeDb>().Set<SeenFrame>()
            .Where(frame => frame.SeenAt < before).ExecuteDeleteAsync(cancellationToken);
    }
}
