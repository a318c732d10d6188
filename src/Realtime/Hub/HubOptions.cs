using System.ComponentModel.DataAnnotations;

namespace Agents.Realtime.Hub;

/// <summary>Section <c>Hub</c> (<c>Hub__HeartbeatInterval=00:00:10</c>).</summary>
internal sealed class HubOptions
{
    public const string Section = "Hub";

    /// <summary>How often a heartbeat is asked for. Told in whole seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>So many intervals of silence, and it is cut.</summary>
    [Range(1, 100)]
    public int MissedHeartbeats { get; set; } = 3;

    /// <summary>After a socket is lost, so that a reconnect is no flicker.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long changes of presence are gathered before they are pushed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What may wait to be sent to one that reads slowly, before it is cut.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedFrames { get; set; } = 8_192;

    [Range(256 * 1024, 1 << 30)]
    public int MaxQueuedBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long one frame may take to be sent, a close frame included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan SendLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections of one person to one replica, each page counted.</summary>
    [Range(1, 100_000)]
    public int MaxSocketsPerPerson { get; set; } = 50;

    /// <summary>Connections of agents that came with one device's token. A device carries 200 agents, and all of them may come again at once.</summary>
    [Range(1, 100_000)]
    public int MaxAgentSocketsPerDevice { get; set; } = 400;

    /// <summary>For so long a connection that came with a device's token may leave open which of its agents it is.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RegisterLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Frames that are read of a person's or an agent's connection in a second; the rest waits in the network.</summary>
    [Range(1, 1_000_000)]
    public int FramesPerSecond { get; set; } = 500;

    /// <summary>Of a device's, which carries many agents.</summary>
    [Range(1, 1_000_000)]
    public int DeviceFramesPerSecond { get; set; } = 5_000;

    public TimeSpan SilentAfter => HeartbeatInterval * MissedHeartbeats;
}
