using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Presence;

/// <summary>Tells pages of devices, by <c>device/status</c>: those that they may see, gathered for a moment.</summary>
internal sealed class DevicePush(
    DeviceNews news, Connections connections, IOptions<HubOptions> options, TimeProvider time, ILogger<DevicePush> log, Backplane.Backplane? backplane = null)
    : Periodic(options.Value.Gather, time, log)
{
    /// <summary>They fit into a frame with ids as long as they may be.</summary>
    private const int MostInOneFrame = 500;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var (own, others, isStale) = news.Take();
        if (own.Count + others.Count > 0 || isStale)
        {
            Push([.. own, .. others], isStale);
        }

        if (backplane is not null && own.Count > 0)
        {
            await backplane.TellAsync(own);
        }
    }

    private void Push(List<OwnedDevice> devices, bool isStale)
    {
        // Those who see all are sent the same.
        var toAll = new Dictionary<IDialect, List<byte[]>>();
        foreach (var connection in connections.All)
        {
            if (connection.Peer is PersonPeer { Watched: null } person)
            {
                var frames = !person.SeesAll ? Frames(connection.Dialect, devices.Where(device => device.Owner == person.Claims.Sub), isStale)
                    : toAll.TryGetValue(connection.Dialect, out var made) ? made
                    : toAll[connection.Dialect] = Frames(connection.Dialect, devices, isStale);
                frames.ForEach(connection.Send);
            }
        }
    }

    private static List<byte[]> Frames(IDialect dialect, IEnumerable<OwnedDevice> seen, bool isStale)
    {
        List<DeviceStatusPayload> parts = [.. seen.Select(device => device.Device).Chunk(MostInOneFrame).Select(part => new DeviceStatusPayload(part))];
        if (isStale)
        {
            parts.Add(new([], Stale: true));
        }

        return [.. parts.Select(dialect.Encode).OfType<byte[]>()];
    }
}
