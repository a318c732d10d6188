using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;

namespace Agents.Realtime.Presence;

/// <summary>
/// Devices of which people are to hear, gathered: of each only the last that is known. They come here when Registry has
/// been told, so what a page asks it for is never older than what the page was told.
/// </summary>
internal sealed class DeviceNews(TimeProvider time)
{
    /// <summary>By then Registry too counts as gone what a process had that fell silent.</summary>
    private static readonly TimeSpan Judged = PresenceReport.SilentAfter - TimeSpan.FromSeconds(4);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OwnedDevice> _own = [];
    private readonly Dictionary<string, OwnedDevice> _others = [];
    private bool _isStale;
    private long? _staleSince;

    /// <summary>Of devices that are connected to this process, or were.</summary>
    public void Reported(IReadOnlyList<ReportedPresence> report)
    {
        lock (_gate)
        {
            foreach (var (entry, _, owner) in report.Where(reported => reported is { IsNews: true, Entry.Kind: PresenceKind.Device }))
            {
                _own[entry.Id] = new(owner, new(entry.Id, entry.Status, entry.LastSeen, entry.Load));
            }
        }
    }

    /// <summary>Of another process's.</summary>
    public void Heard(IReadOnlyList<OwnedDevice> devices)
    {
        lock (_gate)
        {
            foreach (var device in devices)
            {
                _others[device.Device.DeviceId] = device;
            }
        }
    }

    /// <summary>Something else about a device has changed.</summary>
    public void Changed()
    {
        lock (_gate)
        {
            _isStale = true;
        }
    }

    /// <summary>News of other processes were missed, or one has died.</summary>
    public void Missed()
    {
        lock (_gate)
        {
            _staleSince = time.GetTimestamp();
        }
    }

    public (IReadOnlyList<OwnedDevice> Own, IReadOnlyList<OwnedDevice> Others, bool IsStale) Take()
    {
        lock (_gate)
        {
            var isJudged = _staleSince is { } since && time.GetElapsedTime(since) >= Judged;
            (OwnedDevice[] own, OwnedDevice[] others, var isStale) = ([.. _own.Values], [.. _others.Values], _isStale || isJudged);
            _own.Clear();
            _others.Clear();
            (_isStale, _staleSince) = (false, isJudged ? null : _staleSince);
            return (own, others, isStale);
        }
    }
}

/// <param name="Owner">Who hears of it, beside those who see all.</param>
internal sealed record OwnedDevice(string? Owner, ToldDevice Device);
