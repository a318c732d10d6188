using Agents.Contracts.Scheduler;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>How a task's program is brought to its end, with and without the kernel's groups; nothing of it is ever left.</summary>
[Collection(WholeApp.Name)]
public sealed class WorkEndsTests(AgentsApp app)
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Theory(DisplayName = "A canceled task leaves no process within ten seconds: not one that ignores SIGTERM, nor one that left its session")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Canceled(bool cgroups)
    {
        await using var device = await WorkingDevice.StartAsync(app, Config(cgroups));
        var mark = Mark();
        var (stubborn, _) = await device.AgentAsync($": {mark}; trap '' TERM; setsid sh -c ': {mark}; trap \"\" TERM; while :; do sleep 1; done' & echo begun; while :; do sleep 1; done");
        var polite = Mark();
        var (obedient, _) = await device.AgentAsync($": {polite}; trap 'echo bye; exit 0' TERM; echo begun; while :; do sleep 0.05; done");
        var (one, two) = (await device.SubmitAsync(stubborn), await device.SubmitAsync(obedient));
        await device.SaysAsync(one, "begun");
        await device.SaysAsync(two, "begun");
        Assert.True(WorkingDevice.Processes(mark).Count >= 2);

        (await device.Admin.PostAsync($"/api/v1/tasks/{one}/cancel")).Is(200, 0);
        (await device.Admin.PostAsync($"/api/v1/tasks/{two}/cancel")).Is(200, 0);

        Assert.InRange(await WorkingDevice.GoneAsync(polite, TenSeconds), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await WorkingDevice.GoneAsync(mark, TenSeconds);
        await device.Admin.IsAsync(one, "canceled");
        await QuietAsync(device);
    }

    [Theory(DisplayName = "What takes too long, says nothing for too long, or leaves something running is ended, and the reason is told")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TimeIsOver(bool cgroups)
    {
        await using var device = await WorkingDevice.StartAsync(app, Config(cgroups));
        var (late, silent, left) = (Mark(), Mark(), Mark());
        var (slow, _) = await device.AgentAsync($": {late}; while :; do echo on; sleep 0.1; done", limits: new { timeout = 2 });
        var (quiet, _) = await device.AgentAsync($": {silent}; echo once; sleep 1000", limits: new { timeout = 60, idle = 1 });
        var (untidy, _) = await device.AgentAsync($"setsid sh -c ': {left}; while :; do sleep 1; done' & echo done");
        var tasks = new List<string>();
        foreach (var agent in new[] { slow, quiet })
        {
            tasks.Add(await device.Admin.SubmitAsync(new { agent_id = agent, max_attempts = 1 }));
        }

        Assert.Equal((TaskErrorKind.Timeout, "It took longer than its timeout of 2 s, and was stopped."), await device.FailedAsync(tasks[0]));
        Assert.Equal((TaskErrorKind.Timeout, "The program said nothing for 1 s (limits.idle of the post), and was stopped."), await device.FailedAsync(tasks[1]));
        Assert.Equal("done\n", await device.DoneAsync(await device.SubmitAsync(untidy)));
        await WorkingDevice.GoneAsync(late, TenSeconds);
        await WorkingDevice.GoneAsync(silent, TenSeconds);
        await WorkingDevice.GoneAsync(left, TenSeconds);
    }

    /// <summary>Neither could hurt the machine if it were not stopped: one stops at 300 MiB by itself, the other at 511 processes.</summary>
    [Theory(DisplayName = "Who takes more memory or more processes than its post allows is ended and told so; the daemon and its other tasks go on")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TooMuch(bool cgroups)
    {
        await using var device = await WorkingDevice.StartAsync(app, Config(cgroups));
        var (hungry, many) = (Mark(), Mark());
        var go = Path.Combine(Directory.CreateTempSubdirectory("ccc-go-").FullName, "go");
        var (steady, _) = await device.AgentAsync($"echo begun; while [ ! -e {go} ]; do sleep 0.05; done; echo finished");
        var (hog, _) = await device.AgentAsync($": {hungry}; python3 -c 'import time; x = [bytearray(1 << 20) for n in range(300) if not time.sleep(0.002)]; time.sleep(20)'", limits: new { memory_mb = 64 });
        var (bomb, _) = await device.AgentAsync($": {many}; f() {{ [ $1 -gt 7 ] && exec sleep 20; f $(($1+1)) & f $(($1+1)) & wait; }}; f 0; sleep 20", limits: new { pids = 60 });
        var other = await device.SubmitAsync(steady);
        await device.SaysAsync(other, "begun");

        var (kind, why) = await device.FailedAsync(await device.SubmitAsync(hog));
        Assert.Equal(TaskErrorKind.Failed, kind);
        Assert.Matches("more( memory)? than the 64 MiB that its post allows", why);
        (kind, why) = await device.FailedAsync(await device.SubmitAsync(bomb));
        Assert.Equal(TaskErrorKind.Failed, kind);
        Assert.Contains("than the 60 that its post allows (limits.pids)", why, StringComparison.Ordinal);
        await WorkingDevice.GoneAsync(hungry, TenSeconds);
        await WorkingDevice.GoneAsync(many, TenSeconds);
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);

        Assert.Equal("begun\nfinished\n", await device.DoneAsync(other));
        Assert.False(device.Daemon.Process.HasExited);
    }

    [Fact(DisplayName = "A daemon that is told to stop ends what runs within its five seconds, and says so: the task waits, and is done when it is back")]
    public async Task Stopped()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var mark = Mark();
        var go = Path.Combine(Directory.CreateTempSubdirectory("ccc-go-").FullName, "go");
        var (agent, _) = await device.AgentAsync($": {mark}; trap '' TERM; [ -e {go} ] && echo now && exit; echo begun; while :; do sleep 1; done");
        var task = await device.SubmitAsync(agent);
        await device.SaysAsync(task, "begun");

        await device.Daemon.TerminateAsync();
        (await device.Daemon.EndedAsync(TimeSpan.FromSeconds(6))).Is(0);
        await WorkingDevice.GoneAsync(mark, TimeSpan.FromSeconds(2));
        await device.Admin.IsAsync(task, "queued");
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        await device.BeginAsync();

        Assert.Equal("now\n", await device.DoneAsync(task));
        // One that it was given in its last moment it has refused.
        Assert.InRange((await device.Admin.TaskAsync(task)).GetProperty("attempt").GetInt32(), 2, 4);
    }

    private static string Config(bool cgroups) => $"cgroups: {(cgroups ? "true" : "false")}";

    private static string Mark() => $"mark-{Guid.NewGuid():N}";

    /// <summary>The server knows the end of all, and nothing is left on disk.</summary>
    private static Task<TimeSpan> QuietAsync(WorkingDevice device) => Eventually.TrueAsync(
        () => Task.FromResult(Directory.GetFiles(Path.Combine(device.StateFolder, "spool")).Length == 0 && Directory.GetFiles(Path.Combine(device.StateFolder, "runs")).Length == 0),
        TenSeconds, "nothing is left on disk");
}
