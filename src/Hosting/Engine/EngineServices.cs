using Agents.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Hosting.Engine;

internal static class EngineServices
{
    public static void AddEngine(this IServiceCollection services, IConfiguration configuration, bool isTest)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(EngineOptions.From(configuration));
        services.AddSingleton(_ => new ResourceNotificationService());
        services.AddSingleton<Runner>();
    }
}
