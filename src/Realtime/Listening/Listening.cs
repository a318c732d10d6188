using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Agents.Realtime.Listening;

internal static class Listening
{
    /// <summary>Open sockets never end by themselves, so waiting long for them only delays the end.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);

    /// <summary>The web's port as every service has it; one of them, AGENTS_GRPC_PORT, for gRPC alone, since clear text agrees on no protocol.</summary>
    public static void AddListening(this WebApplicationBuilder builder)
    {
        // Its lines about each request bring an activity and a log scope along that live as long as the socket. With OpenTelemetry there is a trace all the same.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LastWords);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A stream that is silent between heartbeats is no attack.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.KeepAlivePingDelay = PingAfter;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 10_000;
            if (int.TryParse(builder.Configuration["AGENTS_GRPC_PORT"], NumberStyles.None, CultureInfo.InvariantCulture, out var grpc))
            {
                kestrel.ConfigureEndpointDefaults(endpoint =>
                    endpoint.Protocols = endpoint.IPEndPoint?.Port == grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
            }
        });
    }
}
