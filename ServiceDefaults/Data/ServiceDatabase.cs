using Agents.ServiceDefaults.Idempotency;

namespace Agents.ServiceDefaults.Data;

public static class ServiceDatabase
{
    /// <summary>The service's own database: its context, its migrations at the start, its idempotent answers' end.</summary>
    public static WebApplicationBuilder AddServiceDb<TDb>(this WebApplicationBuilder builder, string connectionName)
        where TDb : ServiceDb
    {
        // No retries below the handler: a transaction that spans several statements can't be repeated from the middle,
        // and a caller who gets 5003 repeats the whole with his Idempotency-Key.
        builder.AddNpgsqlDbContext<TDb>(connectionName, settings =>
        {
            settings.DisableRetry = true;
            settings.ConnectionString = ConnectionDefaults.Under(settings.ConnectionString);
        });
        builder.Services.AddScoped<ServiceDb>(services => services.GetRequiredService<TDb>());
        builder.Services.AddHostedService<Migrations<TDb>>();
        builder.Services.AddHostedService<IdempotencySweep>();
        return builder;
    }
}
