using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Agents.Gateway.Listening;

internal static class Listening
{
    /// <summary>Open sockets never end by themselves, so waiting long for them only delays the end.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    public static void AddListening(this WebApplicationBuilder builder)
    {
        var settings = ListenSettings.Read(builder.Configuration);
        var certificate = settings.Tls ? new ServerCertificate(settings.CertificatePath!, settings.KeyPath!) : null;
        if (certificate is not null)
        {
            builder.Services.AddSingleton(certificate);
            builder.Services.AddHostedService<CertificateWatch>();
        }

        // We bind by ourselves, and Kestrel would warn about what we have read already.
        builder.Configuration.AddInMemoryCollection([new(WebHostDefaults.ServerUrlsKey, ""), new(WebHostDefaults.HttpPortsKey, "")]);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LastWords);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var address in settings.Web)
            {
                // Without TLS there is nothing to agree on a protocol with, so each port has one.
                Listen(kestrel, address, certificate, certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2);
            }

            foreach (var address in settings.Grpc)
            {
                Listen(kestrel, address, certificate, HttpProtocols.Http2);
            }
        });
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, ServerCertificate? certificate, HttpProtocols protocols)
    {
        void Configure(ListenOptions options)
        {
            options.Protocols = protocols;
            if (certificate is not null)
            {
                options.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.ForOneConnection()) });
            }
        }

        if (address.Localhost && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (address.Address is { } ip)
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }
    }
}
