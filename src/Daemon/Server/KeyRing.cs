using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;

namespace Agents.Daemon.Server;

/// <summary>The keys of those who have said something, each asked for once.</summary>
internal sealed class KeyRing(SignedIn server)
{
    private readonly Dictionary<string, IReadOnlyList<DeviceKeyPeriod>> _keys = [];
    private readonly Dictionary<string, AgentView?> _agents = [];

    /// <summary>Of the device that signed it; where none did, of the one that carries its author, unless that speaks for itself.</summary>
    public async Task<IReadOnlyList<DeviceKeyPeriod>> OfAsync(GroupEntry entry, CancellationToken cancellationToken)
    {
        var signer = entry.Sig is { } sig ? sig.DeviceId : await AuthorAsync(entry, cancellationToken) is { OwnToken: false } carried ? carried.DeviceId : null;
        if (signer is not { Length: > 0 } device)
        {
            return [];
        }

        return _keys.TryGetValue(device, out var known) ? known : _keys[device] = await server.Api.DeviceKeysAsync(device, server.Credential, cancellationToken);
    }

    /// <summary>The agent that is its author; null where it is none, or not to be seen.</summary>
    public async Task<AgentView?> AuthorAsync(GroupEntry entry, CancellationToken cancellationToken)
    {
        if (entry.FromKind != MemberKind.Agent)
        {
            return null;
        }

        return _agents.TryGetValue(entry.FromId, out var known)
            ? known
            : _agents[entry.FromId] = await server.Api.AgentAsync(entry.FromId, server.Credential, cancellationToken);
    }
}
