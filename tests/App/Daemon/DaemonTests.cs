using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>The program itself, against a server that speaks the contract.</summary>
public sealed class DaemonTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "Connect tells the server what the machine is and can, and remembers the credential for its owner alone")]
    public async Task Connect()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var ccc = new Ccc();

        var said = (await ccc.RunAsync(
            "connect", "--token", "et_1", "--server", hub.Address.Replace("http", "ws", StringComparison.Ordinal), "--name", "Cellar",
            "--label", "rack=7", "--concurrency", "3", "--device-id", "box-1", "--json")).Is(0);

        Assert.Equal("box-1", said.Json.GetProperty("device_id").GetString());
        Assert.Equal(("et_1", "box-1", "linux", 3), (hub.Registered!.Token, hub.Registered.DeviceId, hub.Registered.Os, hub.Registered.Concurrency));
        Assert.Equal(("Cellar", "7"), (hub.Registered.Labels!["name"], hub.Registered.Labels["rack"]));
        Assert.Contains("git", hub.Registered.Capabilities!);
        Assert.Matches(@"^\d+\.\d+", hub.Registered.Labels["program.git"]);
        foreach (var file in new[] { "key.pem", "device.json", "told.json" })
        {
            Assert.Equal("-rw-------", (await Command.SucceedsAsync(ccc.StateFolder, "stat", "-c", "%A", file)).Trim());
        }
    }

    [Fact(DisplayName = "The daemon sends the machine's figures, says how it is, and on SIGTERM is gone within five seconds with a goodbye")]
    public async Task Life()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var ccc = await EnrolledAsync(hub, "agent: {collect_interval: 1}");
        var daemon = ccc.Start("daemon");
        var device = await hub.NextAsync();
        await device.GreetAsync(agents: ["a1"]);

        // The first ones may be from before the agents were known.
        await device.NextAsync(FrameType.Metrics);
        var points = (await device.NextAsync(FrameType.Metrics)).Payload.GetProperty("points").EnumerateArray().ToList();
        var names = points.Select(point => point.GetProperty("name").GetString()).ToHashSet();
        var status = await ccc.RunAsync("status", "--json");
        var closing = device.ClosedAsync();
        await daemon.TerminateAsync();
        var watch = Stopwatch.StartNew();

        Assert.Superset(
            new HashSet<string?> { "cpu.usage", "cpu.cores", "memory.used", "memory.total", "swap.used", "disk.used", "disk.total", "load.1", "load.5", "load.15", "uptime.seconds", "agent.cpu", "agent.memory", "agent.running" },
            names);
        Assert.Equal("a1", points.Single(point => point.GetProperty("name").GetString() == "agent.running").GetProperty("labels").GetProperty("agent_id").GetString());
        Assert.Equal("connected", status.Is(0).Json.GetProperty("daemon").GetProperty("state").GetString());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closing);
        (await daemon.EndedAsync(StopLimit)).Is(0);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, StopLimit);
        Assert.Contains("No daemon runs here", (await ccc.RunAsync("status")).Is(1).Output, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "A server that does not answer the goodbye keeps nobody: the daemon is gone within five seconds all the same")]
    public async Task DeafServer()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var ccc = await EnrolledAsync(hub);
        var daemon = ccc.Start("daemon");
        await (await hub.NextAsync()).GreetAsync();

        await daemon.TerminateAsync();

        (await daemon.EndedAsync(StopLimit)).Is(0);
    }

    [Fact(DisplayName = "A second daemon on the same state says so and ends; the first goes on")]
    public async Task Second()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var ccc = await EnrolledAsync(hub);
        ccc.Start("daemon");
        var device = await hub.NextAsync();
        await device.GreetAsync(interval: 1);

        Assert.Contains("A daemon runs already", (await ccc.RunAsync("daemon")).Is(1).Error, StringComparison.Ordinal);

        await device.NextAsync(FrameType.Heartbeat);
    }

    [Fact(DisplayName = "A daemon whose identity another one uses ends with 5 and a sentence")]
    public async Task Replaced()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var ccc = await EnrolledAsync(hub);
        var daemon = ccc.Start("daemon");
        var device = await hub.NextAsync();
        await device.GreetAsync();

        await device.CloseAsync(CloseCode.Replaced, "replaced");

        Assert.Contains("Another daemon runs with the identity of this device (box-1)", (await daemon.EndedAsync(Limit)).Is(5).Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "The server is told all about the machine at each connection")]
    public async Task Update()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var ccc = await EnrolledAsync(hub);
        ccc.WriteConfig("labels: {site: cellar}");
        var daemon = ccc.Start("daemon");
        var device = await hub.NextAsync();
        await device.GreetAsync();

        var update = (await device.NextAsync(FrameType.DeviceUpdate)).Payload;

        Assert.Equal(("cellar", Environment.MachineName), (update.GetProperty("labels").GetProperty("site").GetString(), update.GetProperty("hostname").GetString()));
        await Eventually.TrueAsync(
            async () => (await File.ReadAllTextAsync(Path.Combine(ccc.StateFolder, "told.json"), TestContext.Current.CancellationToken)).Contains("cellar", StringComparison.Ordinal),
            Limit, "it remembers that it told");
        await daemon.TerminateAsync();
        await daemon.EndedAsync(StopLimit);
        await RestartTellsItAgainAsync(hub, ccc, update);
    }

    private static async Task RestartTellsItAgainAsync(HubStandIn hub, Ccc ccc, JsonElement told)
    {
        ccc.Start("daemon");
        var device = await hub.NextAsync();
        await device.GreetAsync();

        Assert.Equal(told.GetRawText(), (await device.NextAsync(FrameType.DeviceUpdate)).Payload.GetRawText());
    }

    private static async Task<Ccc> EnrolledAsync(HubStandIn hub, string config = "")
    {
        var ccc = new Ccc();
        ccc.WriteConfig(config);
        (await ccc.RunAsync("connect", "--token=et_1", "--server", hub.Address, "--device-id", "box-1")).Is(0);
        return ccc;
    }
}
