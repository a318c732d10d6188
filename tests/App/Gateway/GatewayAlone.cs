using System.Net;
using Agents.Tests.App.Whole;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Agents.Tests.App.Gateway;

/// <summary>The real gateway, in front of a Realtime that only echoes: what passes through can be seen byte by byte.</summary>
internal sealed class GatewayAlone : IAsyncDisposable
{
    private readonly ServiceProcess _process;
    private readonly WebApplication _upstream;

    private GatewayAlone(ServiceProcess process, WebApplication upstream, int port, int grpcPort) =>
        (_process, _upstream, Port, GrpcPort) = (process, upstream, port, grpcPort);

    public int Port { get; }

    public int GrpcPort { get; }

    public static async Task<GatewayAlone> StartAsync(Action<WebApplication> map, params (string Name, string Value)[] environment)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // A stream may be silent; Realtime allows the same.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var upstream = builder.Build();
        upstream.UseWebSockets();
        map(upstream);
        await upstream.StartAsync(TestContext.Current.CancellationToken);
        var addresses = upstream.Urls.ToArray();

        var (port, grpcPort) = (ServiceProcess.FreePort(), ServiceProcess.FreePort());
        var process = await ServiceProcess.StartAsync(
            "Gateway",
            grpcPort,
            [
                ("AGENTS_LISTEN", $"127.0.0.1:{port}"), ("AGENTS_GRPC_LISTEN", $"127.0.0.1:{grpcPort}"), ("AGENTS_SERVICE_KEY", new string('k', 40)),
                ("services__realtime__http__0", addresses[0]), ("services__realtime__grpc__0", addresses[1]), .. environment,
            ]);
        return new(process, upstream, port, grpcPort);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _upstream.DisposeAsync();
    }
}
