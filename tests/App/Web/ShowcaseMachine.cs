using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Web;

/// <summary>A machine of the showcase: its agents do what they are told to, by its one connection.</summary>
internal sealed class ShowcaseMachine(Machine machine, Worker worker) : IAsyncDisposable
{
    private const double Gigabyte = 1 << 30;

    private readonly List<Given> _running = [];
    private long _said;

    public Machine Machine => machine;

    public static async Task<Machine> EnrolAsync(AgentsApp app, Api admin, string name, string site, params string[] capabilities)
    {
        var registered = await app.Anonymous().PostAsync("/api/v1/devices/register", new
        {
            token = await Fleet.TokenAsync(admin),
            device_id = $"{name}-{Guid.NewGuid():N}"[..(name.Length + 7)],
            hostname = name,
            ip = "10.20.0.14",
            os = "linux",
            arch = "amd64",
            version = "1.0.0",
            capabilities,
            labels = new { site },
            concurrency = 16,
        });
        registered.Is(200, 0);
        return new(registered.Text("device_id"), app.Anonymous().With(registered.Text("device_token")));
    }

    public static async Task<ShowcaseMachine> ConnectAsync(AgentsApp app, Machine machine)
    {
        var connected = new ShowcaseMachine(machine, await Worker.OnDeviceAsync(app, machine, ""));
        await connected.BeatAsync();
        return connected;
    }

    /// <summary>It has taken the task, and works on it.</summary>
    public async Task<Given> TakeAsync(Api admin, string task)
    {
        var given = await worker.StartAsync(admin, task);
        _running.Add(given);
        return given;
    }

    public Task SayAsync(Given task, string kind, object data, double? percent = null) =>
        worker.Socket.SendAsync(FrameType.TaskProgress, new { task_id = task.Id, attempt = task.Attempt, seq = ++_said, kind, data, percent });

    /// <summary>A tool from its call to its end.</summary>
    public async Task ToolAsync(Given task, string name, object input, string output, bool fails = false)
    {
        var id = $"call-{++_said}";
        await SayAsync(task, "tool", new { id, name, status = "started", input });
        await SayAsync(task, "tool", new { id, name, status = fails ? "failed" : "done", output });
    }

    public Task AskAsync(Given task, string title, string detail, string kind, params string[] options) => worker.Socket.SendAsync(
        FrameType.TaskQuestion,
        new { task_id = task.Id, attempt = task.Attempt, question_id = title, kind, title, detail, options, @default = options[^1], expires_at = TimeProvider.System.GetUtcNow().AddMinutes(30) });

    public async Task EndAsync(Given task, string text, double cost, string? session = null)
    {
        await worker.Socket.SendAsync(FrameType.TaskResult, new { task_id = task.Id, attempt = task.Attempt, result = new { text }, session_id = session, usage = Usage(cost) });
        Assert.True((await worker.AckAsync(task)).Accepted);
        _running.Remove(task);
    }

    public async Task FailAsync(Given task, string kind, string error, double cost)
    {
        await worker.Socket.SendAsync(FrameType.TaskError, new { task_id = task.Id, attempt = task.Attempt, error, kind, retryable = false, usage = Usage(cost) });
        Assert.True((await worker.AckAsync(task)).Accepted);
        _running.Remove(task);
    }

    public Task BeatAsync() =>
        worker.Socket.SendAsync(FrameType.Heartbeat, new { load = 0.4, running = _running.Select(task => new { task_id = task.Id, attempt = task.Attempt }) });

    /// <summary>An hour as a machine has it that works on this and that.</summary>
    public Task MeasureAsync(double busy)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var points = Enumerable.Range(0, 61).SelectMany(minute => Figures(minute, busy).Select(figure => new
        {
            name = figure.Name,
            value = figure.Value,
            ts = now - 60 * (60 - minute),
            labels = figure.Of is null ? new Dictionary<string, string>() : new() { [figure.Of.Split('=')[0]] = figure.Of.Split('=')[1] },
        }));
        return worker.Socket.SendAsync(FrameType.Metrics, new { points });
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    private static IEnumerable<(string Name, double Value, string? Of)> Figures(int minute, double busy)
    {
        var wave = busy * (0.75 + 0.2 * Math.Sin(minute / 5.0) + 0.05 * Math.Sin(minute * 1.7));
        return
        [
            ("cpu.usage", wave, null),
            ("memory.used", (14 + 20 * wave) * Gigabyte, null),
            ("memory.total", 64 * Gigabyte, null),
            ("load.1", 16 * wave, null),
            ("disk.used", (212 + minute / 20.0) * Gigabyte, "mount=/"),
            ("disk.total", 512 * Gigabyte, "mount=/"),
            ("network.received", 3_000_000 * wave, "interface=eth0"),
            ("network.sent", 900_000 * wave * wave, "interface=eth0"),
        ];
    }

    private static object Usage(double cost) => new { input_tokens = (long)(cost * 160_000), output_tokens = (long)(cost * 9_000), cost_usd = cost };
}
