using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;

namespace Agents.Realtime.Hub;

/// <summary>Who is at the other end of a connection.</summary>
/// <param name="Key">Who it is: a newer connection with the same one takes its place.</param>
internal abstract record Peer(string Key)
{
    /// <summary>Of the token that a device or an agent came with: a newer one ends it.</summary>
    public virtual int TokenVersion => 0;

    /// <summary>The feed's number before Registry was asked who it is: what was answered is at least as new.</summary>
    public long AsOf { get; init; }
}

/// <summary>A machine's daemon, with all its agents.</summary>
/// <param name="TakesTasks">False for a dialect that has no messages for it.</param>
internal sealed record DevicePeer(string Id, int Version, IReadOnlyList<DeviceKey> Keys, bool TakesTasks) : Peer(KeyOf(Id))
{
    public override int TokenVersion => Version;

    /// <summary>Those that it carried when Registry was asked.</summary>
    public IReadOnlyList<KnownAgent> Agents { get; init; } = [];

    public static string KeyOf(string id) => $"device:{id}";
}

/// <summary>An agent that is a process of its own.</summary>
internal sealed record AgentPeer(KnownAgent Agent) : Peer(KeyOf(Agent.Id))
{
    public override int TokenVersion => Agent.TokenVersion;

    public static string KeyOf(string id) => $"agent:{id}";
}

/// <summary>A person, or a page.</summary>
/// <param name="Watched">The one agent that is watched; null: all that may be seen.</param>
/// <param name="LastEventId">Of a task: what has happened since is shown again.</param>
internal sealed record PersonPeer(AccessClaims Claims, string ClientId, string? Watched, string? LastEventId = null) : Peer($"person:{Claims.Sub}:{ClientId}:{Watched}")
{
    public bool Sees(KnownAgent agent) =>
        (Watched is null || Watched == agent.Id)
        && (agent.Visibility is AgentVisibility.Public || agent.Owner == Claims.Sub || Claims.Roles.Contains(Roles.Admin) || Claims.Roles.Contains(Roles.Operator));
}
