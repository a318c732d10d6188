using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Health;
using Agents.ServiceDefaults.Requests;
using Agents.ServiceDefaults.Telemetry;

namespace Agents.ServiceDefaults;

/// <summary>What every service shares. Each line is a folder beside this file.</summary>
public static class ServiceDefaults
{
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTelemetry();
        builder.AddServiceHealth();
        builder.AddEnvelopes();
        builder.AddServiceClients();
        builder.AddTokenAuth();
        builder.AddOpenApiDocument();
        return builder;
    }

    /// <summary>In the order of the request. Endpoints come after it. (The gateway has an order of its own.)</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseRequestId();
        app.UseEnvelopes();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapServiceHealth();
        app.MapWhoAmI();
        app.MapOpenApiDocument();
        return app;
    }
}
