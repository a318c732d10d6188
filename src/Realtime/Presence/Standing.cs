using Agents.Contracts.Registry;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Presence;

/// <summary>
/// One that is there, or was until a moment ago: who holds it, and what they say of it. An agent's own process knows best;
/// a heartbeat of its device takes nothing back of what that has said.
/// </summary>
internal sealed class Standing
{
    private readonly List<Connection> _holders = new(1);
    private (string Status, int Running)? _own;
    private (string Status, int Running)? _devices;

    public IReadOnlyList<Connection> Holders => _holders;

    public string Status { get; private set; } = PresenceStatus.Online;

    public int Running { get; private set; }

    /// <summary>Of a device: how much of it is in use.</summary>
    public DeviceLoad? Load { get; private set; }

    /// <summary>Whose the device is that it is, or is held by.</summary>
    public string? Owner { get; private set; }

    public long LeftAt { get; set; }

    public long ReportedAt { get; set; }

    public bool IsOffline => Status == PresenceStatus.Offline;

    /// <summary>Whether its state is another by that; so too below.</summary>
    public bool Hold(Connection connection)
    {
        if (!_holders.Contains(connection))
        {
            _holders.Add(connection);
        }

        Owner = (connection.Peer as DevicePeer)?.Owner;

        return Settle();
    }

    /// <summary>False where it did not hold it.</summary>
    public bool Release(Connection connection, out bool changed)
    {
        var held = _holders.Remove(connection);
        changed = held && Settle();
        return held;
    }

    /// <summary>Who does not hold it has nothing to say of it.</summary>
    public bool Say(Connection from, string status, int running)
    {
        if (!_holders.Contains(from))
        {
            return false;
        }

        if (from.Peer is AgentPeer)
        {
            _own = (status, running);
        }
        else
        {
            _devices = (status, running);
        }

        return Settle();
    }

    /// <summary>What it leaves out this time is as it was.</summary>
    public bool Measure(DeviceLoad load)
    {
        var before = Load;
        Load = new(load.Cpu ?? before?.Cpu, load.Memory ?? before?.Memory, load.Disk ?? before?.Disk);
        return Load != before;
    }

    public void End() => (Status, Running) = (PresenceStatus.Offline, 0);

    public TimeSpan SilentFor(TimeProvider time) =>
        _holders.Count == 0 ? time.GetElapsedTime(LeftAt) : _holders.Min(holder => holder.SilentFor);

    private bool Settle()
    {
        if (_holders.Count == 0)
        {
            // For the grace it stays what it was.
            return false;
        }

        _own = _holders.Exists(holder => holder.Peer is AgentPeer) ? _own : null;
        _devices = _holders.Exists(holder => holder.Peer is DevicePeer) ? _devices : null;
        var before = (Status, Running);
        (Status, Running) = _own ?? _devices ?? (PresenceStatus.Online, 0);
        return (Status, Running) != before;
    }
}
