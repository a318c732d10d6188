using Agents.Contracts.Registry;

namespace Agents.ServiceDefaults.Devices;

/// <summary>Whose token is it? Registry looks into its database, everybody else asks Registry.</summary>
public interface IDeviceTokens
{
    /// <summary>Null where it is nobody's.</summary>
    ValueTask<KnownDevice?> FindAsync(string token, CancellationToken cancellationToken);
}
