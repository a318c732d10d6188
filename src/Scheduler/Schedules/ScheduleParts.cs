using Agents.ServiceDefaults.Loops;
using Npgsql;
using Quartz;

namespace Agents.Scheduler.Schedules;

internal static class ScheduleParts
{
    public static void AddSchedules(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ScheduleOptions>().BindConfiguration(ScheduleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<ScheduleChanges>();
        services.AddScoped<FiringTasks>();
        services.AddScoped<Fires>();
        // Quartz is started by ours, and not by its own hosted service: if its store is away, all the rest is served.
        services.AddLoop<WakeUps>();
        services.AddHostedService<ForgottenTimes>();
        services.AddHostedService<OldFirings>();
        services.AddHealthChecks().AddCheck<ClockHealth>("schedules");
        services.AddQuartz(quartz => quartz.UsePersistentStore(store =>
        {
            // By the service's own connections: what they give up after a while, a lock of Quartz's is not kept longer either.
            store.UsePostgres(source =>
            {
                source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>();
            });
            store.UseClustering();
            store.ProvisionSchema();
        }));
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
    }
}
