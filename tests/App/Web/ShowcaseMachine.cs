using System.Collections.Concurrent;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Web;

/// <summary>A machine of the showcase: it takes all that it is given, has what its agents are to be, and says what it is told to say.</summary>
internal sealed class ShowcaseMachine : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Given>> _taken = new();
    private readonly ConcurrentDictionary<string, Given> _running = new();
    private readonly ConcurrentDictionary<string, bool> _agents = new();
    private readonly HubClient _socket;
    private readonly Task _living;
    private long _said;

    private ShowcaseMachine(Machine machine, HubClient socket)
    {
        (Machine, _socket) = (machine, socket);
        // What it sends goes on when the test that has connected it goes on to something else.
        using var apart = ExecutionContext.SuppressFlow();
        _living = Task.WhenAll(Task.Run(ReadAsync), Task.Run(BeatAsync));
    }

    public Machine Machine { get; }

    public static async Task<Machine> EnrolAsync(AgentsApp app, Api admin, string name, string site, params string[] capabilities)
    {
        var registered = await app.Anonymous().PostAsync("/api/v1/devices/register", new
        {
            token = await Fleet.TokenAsync(admin),
            device_id = $"{name}-01",
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

    public static async Task<ShowcaseMachine> ConnectAsync(AgentsApp app, Machine machine) => new(machine, await app.DeviceSocketAsync(machine));

    /// <summary>It has taken the task, and works on it.</summary>
    public async Task<Given> TakeAsync(Api admin, string task)
    {
        var given = await Taken(task).Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        await admin.IsAsync(task, "running");
        return given;
    }

    public Task SayAsync(Given task, string kind, object data, double? percent = null) =>
        _socket.SendAsync(FrameType.TaskProgress, new { task_id = task.Id, attempt = task.Attempt, seq = ++_said, kind, data, percent });

    /// <summary>A tool from its call to its end.</summary>
    public async Task ToolAsync(Given task, string name, object input, string output, bool fails = false)
    {
        var id = $"call-{++_said}";
        await SayAsync(task, "tool", new { id, name, status = "started", input });
        await SayAsync(task, "tool", new { id, name, status = fails ? "failed" : "done", output });
    }

    public Task AskAsync(Given task, string title, string detail) => _socket.SendAsync(
        FrameType.TaskQuestion,
        new { task_id = task.Id, attempt = task.Attempt, question_id = "first", kind = "permission", title, detail, options = new[] { "allow", "deny" }, @default = "deny", expires_at = TimeProvider.System.GetUtcNow().AddMinutes(30) });

    public async Task EndAsync(Api admin, Given task, string text, double cost, string? session = null)
    {
        await _socket.SendAsync(FrameType.TaskResult, new { task_id = task.Id, attempt = task.Attempt, result = new { text }, session_id = session, usage = Usage(cost) });
        await admin.IsAsync(task.Id, "done");
    }

    public async Task FailAsync(Api admin, Given task, string kind, string error, double cost)
    {
        await _socket.SendAsync(FrameType.TaskError, new { task_id = task.Id, attempt = task.Attempt, error, kind, retryable = false, usage = Usage(cost) });
        await admin.IsAsync(task.Id, "failed");
    }

    public Task MeasureAsync(double busy) => _socket.SendAsync(FrameType.Metrics, new { points = ShowcaseMetrics.Hour(busy) });

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _socket.DisposeAsync();
        await _living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private static object Usage(double cost) => new { input_tokens = (long)(cost * 160_000), output_tokens = (long)(cost * 9_000), cost_usd = cost };

    private TaskCompletionSource<Given> Taken(string task) => _taken.GetOrAdd(task, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task ReadAsync()
    {
        while (!_ended.IsCancellationRequested && !_socket.Closed.IsCompleted)
        {
            try
            {
                await AnswerAsync(await _socket.NextAsync());
            }
            catch (OperationCanceledException)
            {
                // Nothing came for a while.
            }
        }
    }

    private async Task AnswerAsync(Frame frame)
    {
        var said = frame.Payload;
        switch (frame.Type)
        {
            case FrameType.AgentConfig:
                _agents[said.Text("agent_id")!] = true;
                await _socket.SendAsync(FrameType.AgentConfig, new { agent_id = said.Text("agent_id"), revision = said.Text("revision"), version = said.GetProperty("version").GetInt32() });
                break;
            case FrameType.TaskSubmit:
                var given = new Given(said.Text("task_id")!, said.GetProperty("attempt").GetInt32(), said);
                _running[given.Id] = given;
                await _socket.SendAsync(FrameType.TaskAccept, new { task_id = given.Id, attempt = given.Attempt });
                Taken(given.Id).TrySetResult(given);
                break;
            case FrameType.TaskAck or FrameType.TaskCancel:
                _running.TryRemove(said.Text("task_id")!, out _);
                break;
        }
    }

    /// <summary>Machines that say nothing are soon taken for lost.</summary>
    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Beat);
        do
        {
            var running = _running.Values.ToList();
            var busy = running.ToLookup(task => task.Order.Text("agent_id"));
            await _socket.SendAsync(FrameType.Heartbeat, new
            {
                load = 0.4,
                agents = _agents.Keys.Select(id => new { agent_id = id, status = busy.Contains(id) ? "busy" : "idle", running = busy[id].Count() }),
                running = running.Select(task => new { task_id = task.Id, attempt = task.Attempt }),
            });
        }
        while (await timer.WaitForNextTickAsync(_ended.Token));
    }
}
