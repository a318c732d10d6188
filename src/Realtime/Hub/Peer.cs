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

    /// <summary>The peer whose token it came with.</summary>
    public virtual string Credential => Key;

    /// <summary>The device whose key signs what must be signed here.</summary>
    public virtual DevicePeer? Signer => null;

    /// <summary>It is told who comes and goes, of those that it may see.</summary>
    public virtual bool Watches => false;

    public virtual bool Sees(KnownAgent agent) => false;
}

/// <summary>A machine's daemon, with all its agents.</summary>
/// <param name="TakesTasks">False for a dialect that has no messages for it.</param>
internal sealed record DevicePeer(string Id, int Version, IReadOnlyList<DeviceKey> Keys, bool TakesTasks) : Peer(KeyOf(Id))
{
    public override int TokenVersion => Version;

    public override DevicePeer Signer => this;

    /// <summary>Whose device it is.</summary>
    public string? Owner { get; init; }

    /// <summary>Those that it carried when Registry was asked.</summary>
    public IReadOnlyList<KnownAgent> Agents { get; init; } = [];

    public static string KeyOf(string id) => $"device:{id}";
}

/// <summary>Came with a device's token, and has not said yet which of its agents it is.</summary>
internal sealed record NewcomerPeer(DevicePeer Device, long Since) : Peer($"newcomer:{Device.Id}")
{
    public override int TokenVersion => Device.TokenVersion;

    public override string Credential => Device.Key;

    public override DevicePeer Signer => Device;
}

/// <summary>An agent that is a process of its own.</summary>
/// <param name="Device">Whose token it came with; null where it came with its own.</param>
internal sealed record AgentPeer(KnownAgent Agent, DevicePeer? Device = null) : Peer(KeyOf(Agent.Id))
{
    private volatile bool _takesTasks = true;

    public override int TokenVersion => Device?.TokenVersion ?? Agent.TokenVersion;

    public override string Credential => Device?.Key ?? Key;

    public override DevicePeer? Signer => Device;

    public override bool Watches => IsFlat;

    /// <summary>It speaks seed 001's dialect.</summary>
    public bool IsFlat { get; init; }

    /// <summary>It says so itself, and may say otherwise later.</summary>
    public bool TakesTasks
    {
        get => _takesTasks;
        set => _takesTasks = value;
    }

    public override bool Sees(KnownAgent agent) =>
        agent.Visibility is AgentVisibility.Public || agent.Id == Agent.Id || (agent.Owner is not null && agent.Owner == Agent.Owner);

    public static string KeyOf(string id) => $"agent:{id}";
}

/// <summary>A person, or a page.</summary>
/// <param name="Watched">The one agent that is watched; null: all that may be seen.</param>
/// <param name="LastEventId">Of a task: what has happened since is shown again.</param>
internal sealed record PersonPeer(AccessClaims Claims, string ClientId, string? Watched, string? LastEventId = null) : Peer($"person:{Claims.Sub}:{ClientId}:{Watched}")
{
    public override bool Watches => true;

    public bool SeesAll => Claims.Roles.Contains(Roles.Admin) || Claims.Roles.Contains(Roles.Operator);

    public override bool Sees(KnownAgent agent) =>
        (Watched is null || Watched == agent.Id) && (agent.Visibility is AgentVisibility.Public || agent.Owner == Claims.Sub || SeesAll);
}
