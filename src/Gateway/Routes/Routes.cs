using Agents.Gateway.SignIns;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Agents.Gateway.Routes;

/// <summary>Which path belongs to which service stands in appsettings.json; this is how it gets there.</summary>
internal static class Routes
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IDestinationResolver, ServiceDestinations>();
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, RefusedConnections>();
        builder.Services.AddSingleton<FailedForwards>();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            // Whose request it is was settled at the door.
            .AddTransforms(static transforms => transforms.UseDefaultForwarders = false)
            .ConfigureHttpClient(static (_, handler) => handler.ConnectTimeout = ConnectLimit);
        // The proxy brings data protection along for cookies that we don't use; its key ring would lie in the user's home.
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        foreach (var keyRing in builder.Services.Where(s => s.ImplementationType?.Name is "DataProtectionHostedService").ToList())
        {
            builder.Services.Remove(keyRing);
        }

        // It logs each request with its query, and so tokens, and each failure with a stack; FailedForwards says what is needed.
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.None);
    }

    /// <summary>A request for a service ends here, and the rest of the pipeline is for what the gateway answers itself.</summary>
    public static void UseRoutes(this WebApplication app)
    {
        var signIns = app.Services.GetRequiredService<SignInGuard>();
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is not { RequestDelegate: { } forward } endpoint || endpoint.Metadata.GetMetadata<RouteModel>() is null)
            {
                return next(context);
            }

            return SessionRoutes.Of(context) is SessionRoute.SignIn ? signIns.WatchAsync(context, forward) : forward(context);
        });
    }

    public static void MapRoutes(this WebApplication app)
    {
        var proxy = app.Services.GetRequiredService<IProxyStateLookup>();
        var failed = app.Services.GetRequiredService<FailedForwards>();
        app.MapReverseProxy(pipeline =>
        {
            pipeline.Use(failed.WatchAsync);
            pipeline.Use((context, next) => OtherReplica.TryAsync(context, next, proxy));
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        }).WithMetadata(new AllowAnonymousAttribute());
    }
}
