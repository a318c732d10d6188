using Agents.Contracts.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>A real daemon that works, and a server that says word by word what a test wants.</summary>
public sealed class WorkWireTests
{
    private readonly string _task = Guid.NewGuid().ToString();
    private readonly string _runs = Path.Combine(Directory.CreateTempSubdirectory("ccc-runs-").FullName, "runs");

    [Fact(DisplayName = "An order that comes again runs once; its result goes again until it is acknowledged, also after kill -9 and over a new connection")]
    public async Task UntilAcknowledged()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var ccc = new Ccc();
        (await ccc.RunAsync("connect", "--token", "t", "--server", hub.Address, "--device-id", "d")).Is(0);
        var daemon = ccc.Start("daemon");
        var device = await hub.NextAsync();
        await ReadyAsync(device);

        await OrderAsync(device);
        await OrderAsync(device);
        await device.NextAsync(FrameType.TaskAccept);
        await device.NextAsync(FrameType.TaskAccept);
        Assert.Equal("once\n", TextOf(await device.NextAsync(FrameType.TaskResult)));
        // No answer, so it comes again by itself.
        Assert.Equal("once\n", TextOf(await device.NextAsync(FrameType.TaskResult)));

        daemon.Process.Kill();
        ccc.Start("daemon");
        device = await hub.NextAsync();
        var first = await device.GreetAsync(agents: ["a1"]);
        Assert.Equal(_task, first.Payload.GetProperty("running")[0].GetProperty("task_id").GetString());
        Assert.Equal("once\n", TextOf(await device.NextAsync(FrameType.TaskResult)));
        await OrderAsync(device);
        Assert.Equal("once\n", TextOf(await device.NextAsync(FrameType.TaskResult)));

        await device.SendAsync(FrameType.TaskAck, new TaskAck(_task, 1, true));
        var spool = Path.Combine(ccc.StateFolder, "spool");
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(spool).Length == 0), WorkingDevice.Limit, "it is forgotten");
        Assert.Single(await File.ReadAllLinesAsync(_runs, TestContext.Current.CancellationToken));
        await device.SendAsync(FrameType.TaskCancel, new TaskCancel(_task, 1, 5));
        Assert.Equal("canceled", (await device.NextAsync(FrameType.TaskError)).Payload.GetProperty("kind").GetString());
    }

    [Fact(DisplayName = "What a task said and what was measured while the server was away comes before its result, from the daemon after one that was killed then")]
    public async Task Away()
    {
        var hub = await HubStandIn.StartAsync();
        await using var ccc = new Ccc();
        ccc.WriteConfig("agent: {collect_interval: 1}");
        (await ccc.RunAsync("connect", "--token", "t", "--server", hub.Address, "--device-id", "d")).Is(0);
        var daemon = ccc.Start("daemon");
        var device = await hub.NextAsync();
        await ReadyAsync(device, $"while [ ! -e {_runs}.go ]; do sleep 0.05; done; echo away");
        await OrderAsync(device);
        await device.NextAsync(FrameType.TaskProgress);
        var port = new Uri(hub.Address).Port;
        await hub.DisposeAsync();

        await File.WriteAllTextAsync($"{_runs}.go", "", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(Waits("spool/") && Waits("backlog", "away") && Waits("backlog", FrameType.Metrics)), WorkingDevice.Limit, "all of it waits on disk");
        daemon.Process.Kill();
        await daemon.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var again = await HubStandIn.StartAsync(port);
        ccc.Start("daemon");
        device = await again.NextAsync();
        await device.GreetAsync(agents: ["a1"]);

        List<Frame> frames = [];
        while (frames is not [.., { Type: FrameType.TaskResult }])
        {
            frames.Add(await device.NextAsync());
        }

        Assert.Contains(frames, frame => frame.Type == FrameType.TaskProgress && frame.Payload.GetProperty("data").ToString() == "away\n");
        Assert.Contains(frames, frame => frame.Type == FrameType.Metrics);
        await Eventually.TrueAsync(() => Task.FromResult(!Waits("backlog")), WorkingDevice.Limit, "nothing waits");

        bool Waits(string name, string text = "") => name.EndsWith('/')
            ? Directory.GetFiles(Path.Combine(ccc.StateFolder, name)).Length > 0
            : File.Exists(Path.Combine(ccc.StateFolder, name)) && File.ReadAllText(Path.Combine(ccc.StateFolder, name)).Contains(text, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "More than an agent may do at once is refused, and told so")]
    public async Task NoPlace()
    {
        await using var hub = await HubStandIn.StartAsync();
        await using var ccc = new Ccc();
        (await ccc.RunAsync("connect", "--token", "t", "--server", hub.Address, "--device-id", "d")).Is(0);
        ccc.Start("daemon");
        var device = await hub.NextAsync();
        await ReadyAsync(device, "sleep 1000");

        await OrderAsync(device);
        await device.NextAsync(FrameType.TaskAccept);
        await OrderAsync(device, Guid.NewGuid().ToString());

        var refused = (await device.NextAsync(FrameType.TaskError)).Payload;
        Assert.Equal(("refused", "All 1 places of the agent a1 are taken."), (refused.GetProperty("kind").GetString(), refused.GetProperty("error").GetString()));
        var beat = (await device.NextAsync(FrameType.Heartbeat)).Payload;
        Assert.Equal((_task, 1, "busy"), (beat.GetProperty("running")[0].GetProperty("task_id").GetString(), beat.GetProperty("running").GetArrayLength(), beat.GetProperty("agents")[0].GetProperty("status").GetString()));
    }

    private async Task ReadyAsync(HubSocket device, string more = "true")
    {
        await device.GreetAsync(agents: ["a1"]);
        await device.SendAsync(FrameType.AgentConfig, new
        {
            agent_id = "a1",
            post_id = "p1",
            version = 1,
            revision = "r1",
            config = new { runner = "command", command = new[] { "/bin/sh", "-c", $"echo run >> {_runs}; echo once; {more}" }, concurrency = 1 },
        });
        await device.NextAsync(FrameType.AgentConfig);
    }

    private Task OrderAsync(HubSocket device, string? task = null) =>
        device.SendAsync(FrameType.TaskSubmit, new TaskOrder(task ?? _task, 1, 20, "a1", "", "go", null, null));

    private static string? TextOf(Frame result) => result.Payload.GetProperty("result").GetProperty("text").GetString();
}
