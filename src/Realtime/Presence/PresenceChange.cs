using System.Text.Json.Serialization;
using Agents.Contracts.Registry;

namespace Agents.Realtime.Presence;

/// <summary>An agent whose state is another than before, for those who may see it.</summary>
/// <param name="Appeared">It was not there before, or is not what it was: who sees it wants its details.</param>
internal sealed record PresenceChange(KnownAgent Agent, string Status, int Running, bool Appeared)
{
    /// <summary>What it was when it was last told of, where it is something else now: others may have seen that.</summary>
    [JsonIgnore]
    public KnownAgent? Former { get; init; }

    /// <summary>What somebody is told of it; null where it is nothing. Who may not see it any longer is told that it is gone.</summary>
    public PresenceChange? For(Func<KnownAgent, bool> isSeen) =>
        isSeen(Agent) ? this
        : Former is not null && isSeen(Former) ? new(Former, PresenceStatus.Offline, 0, Appeared: false)
        : null;
}
