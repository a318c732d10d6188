using Agents.Contracts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Requests;
using Refit;

namespace Agents.ServiceDefaults.Clients;

/// <summary>Typed clients between services: found by name, signed as ours, patient with a part that restarts.</summary>
public static class ServiceClients
{
    private static readonly RefitSettings Settings = new(new SystemTextJsonContentSerializer(WireJson.Options));

    internal static void AddServiceClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceAddresses>();
        builder.Services.AddTransient<AddressHandler>();
        builder.Services.AddTransient<ServiceIdentityHandler>();
    }

    /// <summary>Said twice, because two parts of a service want it, is as good as once.</summary>
    public static void AddServiceClient<TClient>(this WebApplicationBuilder builder, string service)
        where TClient : class
    {
        if (builder.Services.Any(registered => registered.ServiceType == typeof(TClient)))
        {
            return;
        }

        builder.Services.AddRefitClient<TClient>(Settings)
            .ConfigureHttpClient(client =>
            {
                client.BaseAddress = new($"http://{service}");
                // The pipeline below has its own limits; this one only guards long polls against waiting for ever.
                client.Timeout = TimeSpan.FromMinutes(1);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(2),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseProxy = false,
                AllowAutoRedirect = false,
            })
            .AddHttpMessageHandler<ServiceIdentityHandler>()
            .AddHttpMessageHandler(() => new ResilienceHandler(service))
            .AddHttpMessageHandler<AddressHandler>();
    }

    /// <summary>Signs what we send as ours and passes the request's id on.</summary>
    private sealed class ServiceIdentityHandler(ServiceCredential credential, IHttpContextAccessor context, IHostEnvironment environment)
        : DelegatingHandler
    {
        private readonly string _name = environment.ApplicationName.Split('.')[^1].ToLowerInvariant();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization ??= new(ServiceCredential.Scheme, credential.Issue(_name));
            if (context.HttpContext is { TraceIdentifier: var id })
            {
                request.Headers.TryAddWithoutValidation(RequestId.Header, id);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
