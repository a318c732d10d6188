using System.Diagnostics;
using System.Net;
using Agents.Tests.App.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Agents.Tests.App.Gateway;

/// <summary>The real gateway, in front of a Realtime that only echoes: what passes through can be seen byte by byte.</summary>
internal sealed class GatewayAlone : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly WebApplication _upstream;

    private GatewayAlone(Process process, WebApplication upstream, int port, int grpcPort) =>
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

        var (port, grpcPort) = (FreePort(), FreePort());
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "SIGKILL", "dotnet", Path.Combine(AppHostProcess.RepositoryRoot, "src", "Gateway", "bin", configuration, "net10.0", "Agents.Gateway.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string, string)[] all =
        [
            ("AGENTS_LISTEN", $"127.0.0.1:{port}"), ("AGENTS_GRPC_LISTEN", $"127.0.0.1:{grpcPort}"), ("AGENTS_SERVICE_KEY", new string('k', 40)),
            ("services__realtime__http__0", addresses[0]), ("services__realtime__grpc__0", addresses[1]), .. environment,
        ];
        foreach (var (name, value) in all)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        // Read on and on, so that a full pipe never stops it.
        process.OutputDataReceived += (_, line) => TestContext.Current.SendDiagnosticMessage(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var gateway = new GatewayAlone(process, upstream, port, grpcPort);
        await Whole.Eventually.TrueAsync(gateway.ListensAsync, StartLimit, "the gateway listens");
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        await _upstream.DisposeAsync();
    }

    private async Task<bool> ListensAsync()
    {
        Assert.False(_process.HasExited, "the gateway has ended");
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, GrpcPort, TestContext.Current.CancellationToken);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
