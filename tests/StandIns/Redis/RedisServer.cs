using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Agents.Tests.StandIns.Redis;

/// <summary>A real server of this machine, on a free port of the loopback, with a folder of its own; it dies with the tests.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string? Binary = Find("redis-server") ?? Find("valkey-server");
    private static readonly BlockingCollection<Action> Starts = StartingThread();

    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "redis", Guid.NewGuid().ToString("n"));
    private Process? _process;

    public int Port { get; } = FreePort();

    public bool Tls { get; init; }

    /// <summary>Called first by every test, so that a machine without a server says so instead of looking fine.</summary>
    public static void Require() => Assert.SkipWhen(
        Binary is null, "NOT TESTED: there is neither redis-server nor valkey-server on PATH. Get one with: apt-get install -y redis-server");

    public async ValueTask InitializeAsync()
    {
        if (Binary is not null)
        {
            Directory.CreateDirectory(_folder);
            if (Tls)
            {
                await SelfSigned.WriteAsync(_folder);
            }

            await StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    public async Task StartAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string?>();
        var process = new Process { StartInfo = StartInfo() };
        process.OutputDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data);
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("The server ended:\n" + string.Join('\n', said)));
            }
            else if (line.Data.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };

        Starts.Add(() =>
        {
            process.Start();
            process.BeginOutputReadLine();
        });
        _process = process;
        await ready.Task.WaitAsync(Patience);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.Dispose();
            _process = null;
        }
    }

    public Task<ConnectionMultiplexer> ConnectAsync(Action<ConfigurationOptions>? configure = null)
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { { IPAddress.Loopback, Port } },
            AbortOnConnectFail = false,
            AllowAdmin = true,
            ConnectTimeout = 5_000,
            SyncTimeout = 20_000,
            AsyncTimeout = 20_000,
            // An attempt that has lasted so long is given up for a new one: on a machine that has much to do it must not be too short.
            ReconnectRetryPolicy = new LinearRetry(2_000),
            KeepAlive = 5,
            Ssl = Tls,
        };
        options.CertificateValidation += (_, _, _, _) => Tls;
        configure?.Invoke(options);
        return ConnectionMultiplexer.ConnectAsync(options);
    }

    private ProcessStartInfo StartInfo()
    {
        string[] port = Tls
            ? ["--port", "0", "--tls-port", $"{Port}", "--tls-cert-file", SelfSigned.Certificate, "--tls-key-file", SelfSigned.Key, "--tls-auth-clients", "no"]
            : ["--port", $"{Port}"];
        string[] server = [Binary!, "--dir", _folder, "--bind", "127.0.0.1", .. port, "--save", "", "--appendonly", "no", "--daemonize", "no", "--logfile", ""];
        return OperatingSystem.IsLinux()
            ? new ProcessStartInfo("setpriv", ["--pdeathsig", "SIGKILL", .. server]) { RedirectStandardOutput = true }
            : new ProcessStartInfo(server[0], server[1..]) { RedirectStandardOutput = true };
    }

    // The signal comes when the thread ends that started the child, so that thread has to last as long as the tests do.
    private static BlockingCollection<Action> StartingThread()
    {
        var starts = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        { IsBackground = true, Name = "starts servers" }.Start();
        return starts;
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
