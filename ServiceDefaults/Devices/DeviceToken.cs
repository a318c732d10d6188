using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;

namespace Agents.ServiceDefaults.Devices;

/// <summary>What a device shows to be let in. Registry makes them.</summary>
public static class DeviceToken
{
    public const string Prefix = "dt_";

    public static bool IsOne(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A device is its own session: what ends its token ends all that it has open.</summary>
    internal static AccessClaims ClaimsOf(KnownDevice device) => new("", "", device.Id, device.Id, 0, "", [Roles.Agent], device.Id, 0, 0, 0);
}
