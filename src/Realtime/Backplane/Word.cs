using Agents.Realtime.Presence;

namespace Agents.Realtime.Backplane;

/// <summary>What one process of this service tells the others.</summary>
/// <param name="Number">Of the last word with changes up to here, this one included: whoever misses one reads the hash anew.</param>
/// <param name="Joined">Keys of peers that have connected to it, with their connection's id: an older one elsewhere is closed.</param>
/// <param name="Devices">Of which Registry knows already. They have no number: after a gap pages ask it anew.</param>
internal sealed record Word(
    string Instance, long Number, IReadOnlyDictionary<string, string>? Joined = null, IReadOnlyList<PresenceChange>? Changes = null,
    IReadOnlyList<OwnedDevice>? Devices = null);
