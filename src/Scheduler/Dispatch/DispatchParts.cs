using Agents.Contracts.Realtime;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Loops;

namespace Agents.Scheduler.Dispatch;

internal static class DispatchParts
{
    public static void AddDispatch(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<IRealtimeInternal>("realtime");
        var services = builder.Services;
        services.AddOptions<WorkOptions>().BindConfiguration(WorkOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Fleet>();
        services.AddSingleton<Lanes>();
        services.AddSingleton<Queues>();
        services.AddSingleton<Explain>();
        services.AddSingleton<Asks>();
        services.AddSingleton<AskedFor>();
        services.AddSingleton<DispatchBell>();
        services.AddSingleton<DueBell>();
        services.AddLoop<FleetFollower>();
        services.AddLoop<Leadership>();
        services.AddLoop<Delivery>();
        services.AddHostedService<Dispatcher>();
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString("redis")))
        {
            builder.AddRedisClient("redis");
            services.AddLoop<Colleagues>();
        }
    }
}
