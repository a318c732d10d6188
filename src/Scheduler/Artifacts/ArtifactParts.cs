using Agents.Contracts;
using Agents.Scheduler.Artifacts.Stores;
using Agents.ServiceDefaults.Devices;
using Microsoft.Extensions.Options;

namespace Agents.Scheduler.Artifacts;

internal static class ArtifactParts
{
    /// <summary>People, devices, and agents by their own token.</summary>
    public const string Readers = "ArtifactReaders";

    /// <summary>The same without those who only look on.</summary>
    public const string Writers = "ArtifactWriters";

    public static void AddArtifacts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StoreOptions>().BindConfiguration(StoreOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StoreOptions>, StoreOptionsCheck>();
        services.AddSingleton<ArtifactStores>();
        services.AddHostedService<StoreCheck>();
        services.AddSingleton<Removal>();
        services.AddSingleton<ArtifactRetention>();
        services.AddSingleton<Uploads>();
        services.AddHostedService<ArtifactSweep>();
        builder.AddAgentCredentials();
        services.AddAuthorizationBuilder()
            .AddPolicy(Readers, AgentCredentials.Or(Roles.Admin, Roles.Operator, Roles.User, Roles.Viewer, Roles.Agent))
            .AddPolicy(Writers, AgentCredentials.Or(Roles.Admin, Roles.Operator, Roles.User, Roles.Agent));
    }
}
