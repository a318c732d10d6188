using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;

namespace Agents.Daemon.Server;

/// <summary>The keys of those who have said something, each asked for once.</summary>
internal sealed class KeyRing(SignedIn server)
{
    private readonly Dictionary<string, IReadOnlyList<DeviceKeyPeriod>> _keys = [];
    private readonly Dictionary<string, string?> _carriers = [];

    /// <summary>Of the device that signed it; where none did, of the one that carries its author.</summary>
    public async Task<IReadOnlyList<DeviceKeyPeriod>> OfAsync(GroupEntry entry, CancellationToken cancellationToken)
    {
        if ((entry.Sig is { } sig ? sig.DeviceId : await CarrierAsync(entry, cancellationToken)) is not { Length: > 0 } device)
        {
            return [];
        }

        return _keys.TryGetValue(device, out var known) ? known : _keys[device] = await server.Api.DeviceKeysAsync(device, server.Credential, cancellationToken);
    }

    /// <summary>The device that carries its author now; null where that is none, or not to be seen.</summary>
    public async Task<string?> CarrierAsync(GroupEntry entry, CancellationToken cancellationToken)
    {
        if (entry.FromKind != MemberKind.Agent)
        {
            return null;
        }

        return _carriers.TryGetValue(entry.FromId, out var known)
            ? known
            : _carriers[entry.FromId] = (await server.Api.AgentAsync(entry.FromId, server.Credential, cancellationToken))?.DeviceId;
    }
}
