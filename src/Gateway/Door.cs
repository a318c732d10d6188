using Agents.Gateway.Edge;
using Agents.Gateway.Forwarded;
using Agents.Gateway.Headers;
using Agents.Gateway.Paths;
using Agents.Gateway.Routes;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Health;
using Agents.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Agents.Gateway;

/// <summary>The way of a request through the gateway, and how the gateway starts and ends.</summary>
internal static class Door
{
    /// <summary>The exit code: 0, or 1 after one sentence that says why there is no door.</summary>
    public static async Task<int> OpenAsync(string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> use)
    {
        try
        {
            // Routes and pages lie beside the assembly, wherever it was started from.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            add(builder);
            // Why it did not start is said below, or by the exception itself, and once is enough.
            var started = false;
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Information);
            await using var app = builder.Build();
            app.Lifetime.ApplicationStarted.Register(() => started = true);
            use(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is BadSetting or OptionsValidationException or IOException { InnerException: AddressInUseException })
        {
            await Console.Error.WriteLineAsync($"The gateway cannot start: {e.Message}");
            return 1;
        }
    }

    /// <summary>
    /// In the order of the request. A request for a service leaves in the middle: that service says who may do what, so
    /// authorization here is only for the little that the gateway answers itself.
    /// </summary>
    public static void UseDoor(this WebApplication app)
    {
        app.UseForwarded();
        app.UseRequestId();
        app.UseSecurityHeaders();
        app.UseEnvelopes();
        app.UsePaths();
        app.UseRouting();
        app.UseCors();
        app.UseEdge();
        app.UseRoutes();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapServiceHealth();
    }
}
