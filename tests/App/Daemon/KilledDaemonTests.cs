using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>kill -9 of a daemon that works.</summary>
[Collection(WholeApp.Name)]
public sealed class KilledDaemonTests(AgentsApp app)
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Theory(DisplayName = "After kill -9 of the daemon nothing of its task is left within ten seconds; the next daemon says so, and the task is done once")]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task Killed(bool cgroups, bool guarded)
    {
        await using var device = await WorkingDevice.StartAsync(app, $"cgroups: {(cgroups ? "true" : "false")}");
        var mark = $"mark-{Guid.NewGuid():N}";
        var folder = Directory.CreateTempSubdirectory("ccc-runs-").FullName;
        var (agent, _) = await device.AgentAsync(
            $": {mark}; echo run >> {folder}/runs; [ -e {folder}/go ] && echo second && exit; trap '' TERM; setsid sh -c ': {mark}; while :; do sleep 1; done' & echo begun; while :; do sleep 1; done");
        var task = await device.SubmitAsync(agent);
        await device.SaysAsync(task, "begun");
        if (!guarded)
        {
            // Both at once, as when the machine's own killer comes: then the next daemon has to find what is left.
            foreach (var guard in Children(device.Daemon.Process.Id, "guard"))
            {
                await Command.SucceedsAsync("/", "kill", "-9", guard.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        await device.KillAsync();
        if (guarded)
        {
            await WorkingDevice.GoneAsync(mark, TenSeconds);
        }
        else
        {
            Assert.NotEmpty(WorkingDevice.Processes(mark));
        }

        await File.WriteAllTextAsync($"{folder}/go", "", TestContext.Current.CancellationToken);
        await device.BeginAsync();

        Assert.Equal("second\n", await device.DoneAsync(task));
        await WorkingDevice.GoneAsync(mark, TenSeconds);
        Assert.Equal(2, (await File.ReadAllLinesAsync($"{folder}/runs", TestContext.Current.CancellationToken)).Length);
        Assert.Single((await device.Admin.StatesAsync(task)).Split(' '), "done");
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(device.StateFolder, "spool")).Length == 0), TenSeconds, "nothing waits in the spool");
    }

    [Fact(DisplayName = "A result that was kept while the server was away, by a daemon that was killed then, arrives once after both are back")]
    public async Task Spooled()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var folder = Directory.CreateTempSubdirectory("ccc-runs-").FullName;
        var (agent, _) = await device.AgentAsync($"echo run >> {folder}/runs; echo begun; while [ ! -e {folder}/go ]; do sleep 0.05; done; echo kept");
        var task = await device.SubmitAsync(agent);
        await device.SaysAsync(task, "begun");

        // The socket stands, and nothing is acknowledged.
        var scheduler = Parts.Find("scheduler");
        TwoSchedulers.Signal(scheduler, "STOP");
        try
        {
            await File.WriteAllTextAsync($"{folder}/go", "", TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(device.StateFolder, "spool"), "*.ccc").Length == 1), TenSeconds, "it is in the spool");
            await device.KillAsync();
            Assert.Single(Directory.GetFiles(Path.Combine(device.StateFolder, "spool"), "*.ccc"));
        }
        finally
        {
            TwoSchedulers.Signal(scheduler, "CONT");
        }

        await device.BeginAsync();

        Assert.Equal("begun\nkept\n", await device.DoneAsync(task));
        Assert.Equal((1, 1), ((await device.Admin.TaskAsync(task)).GetProperty("attempt").GetInt32(), (await File.ReadAllLinesAsync($"{folder}/runs", TestContext.Current.CancellationToken)).Length));
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(device.StateFolder, "spool")).Length == 0), TenSeconds, "nothing waits in the spool");
    }

    private static IEnumerable<int> Children(int parent, string word) =>
        WorkingDevice.Processes($" {word}").Where(id => File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[1] == parent.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
