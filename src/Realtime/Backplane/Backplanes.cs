using Agents.ServiceDefaults.Loops;

namespace Agents.Realtime.Backplane;

internal static class Backplanes
{
    private const string ConnectionName = "redis";

    /// <summary>One process needs none: there is a backplane where there is Redis.</summary>
    public static void AddBackplane(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Neighbours>();
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString(ConnectionName)))
        {
            builder.AddRedisClient(ConnectionName);
            builder.Services.AddSingleton<KeptPresence>();
            builder.Services.AddSingleton<Backplane>();
            builder.Services.AddHostedService(services => services.GetRequiredService<Backplane>());
            builder.Services.AddLoop<OrderRelay>();
        }
    }
}
