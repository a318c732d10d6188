using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Agents.Tests.App.Publishing;

namespace Agents.Tests.App.Whole;

/// <summary>One of our programs by itself, with an environment of the test's own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = [];

    private ServiceProcess(Process process) => _process = process;

    /// <summary>What it has written by now.</summary>
    public string Said => string.Join('\n', _said);

    /// <param name="port">Where it listens once it has started.</param>
    public static async Task<ServiceProcess> StartAsync(string project, int port, params (string Name, string Value)[] environment)
    {
        var service = Launch(project, environment);
        await Eventually.TrueAsync(() => service.ListensAsync(port), StartLimit, $"{project} listens");
        return service;
    }

    /// <summary>It can't start like this, and has said why when it has ended.</summary>
    public static async Task<string> FailsAsync(string project, params (string Name, string Value)[] environment)
    {
        await using var service = Launch(project, environment);
        await service._process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StartLimit, TestContext.Current.CancellationToken);
        Assert.NotEqual(0, service._process.ExitCode);
        return service.Said;
    }

    private static ServiceProcess Launch(string project, (string Name, string Value)[] environment)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(AppHostProcess.RepositoryRoot, "src", project, "bin", configuration, "net10.0", $"Agents.{project}.dll");
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "SIGKILL", "dotnet", program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(Process.Start(start)!);
        // Read on and on, so that a full pipe never stops it.
        service._process.OutputDataReceived += service.Hear;
        service._process.ErrorDataReceived += service.Hear;
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        _said.Enqueue(line.Data ?? "");
        TestContext.Current.SendDiagnosticMessage(line.Data ?? "");
    }

    private async Task<bool> ListensAsync(int port)
    {
        Assert.False(_process.HasExited, "the program has ended");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
