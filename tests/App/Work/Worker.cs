using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>An agent as a process of its own, that does what the test says: it has one connection, and takes what it is given.</summary>
internal sealed class Worker(string agentId, HubClient socket) : IAsyncDisposable
{
    public const string Token = "the agent's own token";

    private readonly List<Frame> _kept = [];

    public string AgentId => agentId;

    public HubClient Socket => socket;

    public static async Task<Worker> StartAsync(AgentsApp app, Api operatorApi, int concurrency = 4, string[]? capabilities = null, string visibility = "public")
    {
        var id = await Fleet.AgentAsync(operatorApi, new { name = "a worker", token = Token, concurrency, capabilities = capabilities ?? [], visibility });
        return await ConnectAsync(app, id);
    }

    public static async Task<Worker> ConnectAsync(AgentsApp app, string agentId) => new(agentId, await app.AgentSocketAsync(agentId, Token));

    /// <summary>An agent of a device, over the device's own connection.</summary>
    public static async Task<Worker> OnDeviceAsync(AgentsApp app, Machine device, string agentId) => new(agentId, await app.DeviceSocketAsync(device));

    /// <summary>The next task that it is given.</summary>
    public async Task<Given> NextAsync(string? taskId = null)
    {
        var order = await TakeAsync(FrameType.TaskSubmit, task => taskId is null || task.GetProperty("task_id").GetString() == taskId);
        return new(order.GetProperty("task_id").GetString()!, order.GetProperty("attempt").GetInt32(), order);
    }

    /// <summary>Nothing to do comes, for a while that is many times longer than it takes.</summary>
    public async Task NothingAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        _kept.AddRange(socket.Waiting());
        Assert.DoesNotContain(_kept, frame => frame.Type == FrameType.TaskSubmit);
    }

    /// <summary>It takes this one, and the server knows.</summary>
    public async Task<Given> StartAsync(Api reader, string taskId)
    {
        var task = await NextAsync(taskId);
        await AcceptAsync(task);
        await reader.IsAsync(taskId, "running");
        return task;
    }

    public Task AcceptAsync(Given task) => socket.SendAsync(FrameType.TaskAccept, new { task_id = task.Id, attempt = task.Attempt });

    public Task SayAsync(Given task, long seq, string kind, object data) =>
        socket.SendAsync(FrameType.TaskProgress, new { task_id = task.Id, attempt = task.Attempt, seq, kind, data });

    public Task ResultAsync(Given task, object result) => socket.SendAsync(FrameType.TaskResult, new { task_id = task.Id, attempt = task.Attempt, result });

    public Task ErrorAsync(Given task, string error, string? kind = null, bool? retryable = null) =>
        socket.SendAsync(FrameType.TaskError, new { task_id = task.Id, attempt = task.Attempt, error, kind, retryable });

    public Task RunningAsync(params Given[] tasks) =>
        socket.SendAsync(FrameType.Heartbeat, new { running = tasks.Select(task => new { task_id = task.Id, attempt = task.Attempt }) });

    public async Task<(bool Accepted, string? Reason)> AckAsync(Given task)
    {
        var ack = await TakeAsync(FrameType.TaskAck, said => said.GetProperty("task_id").GetString() == task.Id && said.GetProperty("attempt").GetInt32() == task.Attempt);
        return (ack.GetProperty("accepted").GetBoolean(), ack.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
    }

    public Task<JsonElement> CancelAsync(Given task) => TakeAsync(FrameType.TaskCancel, said => said.GetProperty("task_id").GetString() == task.Id);

    public async Task<Given> DoAsync(string? taskId = null, object? result = null)
    {
        var task = await NextAsync(taskId);
        await AcceptAsync(task);
        await ResultAsync(task, result ?? new { done = true });
        Assert.True((await AckAsync(task)).Accepted);
        return task;
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    /// <summary>The first of this type that is the one wanted; others are kept, for the next task may come before the last one's ack.</summary>
    private async Task<JsonElement> TakeAsync(string type, Func<JsonElement, bool> isIt)
    {
        var frame = _kept.Find(IsIt);
        while (frame is null)
        {
            var next = await socket.NextAsync();
            if (IsIt(next))
            {
                return next.Payload;
            }

            _kept.Add(next);
        }

        _kept.Remove(frame);
        return frame.Payload;

        bool IsIt(Frame seen) => seen.Type == type && isIt(seen.Payload);
    }
}

/// <summary>A task as an agent was given it.</summary>
internal sealed record Given(string Id, int Attempt, JsonElement Order);
