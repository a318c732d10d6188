using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Clients;

namespace Agents.ServiceDefaults.Devices;

public static class DeviceCredentials
{
    /// <summary>This service also takes devices' tokens: <c>Authorization: Bearer dt_...</c> is then a caller of the role agent. Brings Registry's client along.</summary>
    public static void AddDeviceCredentials(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<IRegistryInternal>("registry");
        builder.Services.AddSingleton<IDeviceTokens, AskedDeviceTokens>();
    }
}
