using System.Collections.Concurrent;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>
/// A device as docs/protocol.md wants it: it comes back whenever it is cut, names what it works on, and keeps each result
/// until it is acknowledged. Its work is to answer with the input that it was given. When it is killed it forgets all but its spool.
/// </summary>
/// <param name="work">So long each task takes.</param>
internal sealed class SteadyDevice(AgentsApp app, Machine machine, TimeSpan work) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _ended = new();

    /// <summary>Results that nobody has acknowledged. This is on its disk.</summary>
    private readonly ConcurrentDictionary<(string Task, int Attempt), JsonElement> _spool = new();

    private volatile Memory _memory = new();
    private volatile HubClient? _socket;
    private Task _living = Task.CompletedTask;
    private int _done;

    /// <summary>Results that were stored.</summary>
    public int Done => _done;

    public bool HasSpooled => !_spool.IsEmpty;

    public static SteadyDevice Start(AgentsApp app, Machine machine, TimeSpan work = default)
    {
        var device = new SteadyDevice(app, machine, work);
        device._living = Task.Run(device.LiveAsync);
        return device;
    }

    /// <summary>What it would not know any more if it were killed now.</summary>
    public int AtWorkOn => _memory.Running.Count;

    /// <summary>It is gone without a word, and begins anew at once.</summary>
    public void Kill()
    {
        _memory = new();
        _socket?.Socket.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task LiveAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var memory = _memory;
                await using var socket = await app.DeviceSocketAsync(machine);
                _socket = socket;
                await socket.SendAsync(FrameType.Heartbeat, Running(memory));
                await ResendAsync(socket);
                var beating = BeatAsync(socket, memory);
                while (!socket.Closed.IsCompleted && memory == _memory)
                {
                    await TakeAsync(socket, memory, await socket.NextAsync());
                }

                await beating;
            }
            catch (Exception) when (!_ended.IsCancellationRequested)
            {
                // Cut off, or not let in just now.
                await Task.Delay(Pause, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeAsync(HubClient socket, Memory memory, Frame frame)
    {
        if (frame.Type == FrameType.TaskSubmit)
        {
            var key = KeyOf(frame.Payload);
            var isNew = !_spool.ContainsKey(key) && memory.Running.TryAdd(key, default);
            await socket.SendAsync(FrameType.TaskAccept, new { task_id = key.Task, attempt = key.Attempt });
            if (isNew)
            {
                _ = WorkAsync(socket, memory, key, frame.Payload.GetProperty("input"));
            }
        }
        else if (frame.Type == FrameType.TaskAck)
        {
            if (_spool.TryRemove(KeyOf(frame.Payload), out _) && frame.Payload.GetProperty("accepted").GetBoolean())
            {
                Interlocked.Increment(ref _done);
            }
        }
    }

    /// <summary>Goes on while the connection is cut, and not when it was killed.</summary>
    private async Task WorkAsync(HubClient socket, Memory memory, (string Task, int Attempt) key, JsonElement result)
    {
        await Task.Delay(work, CancellationToken.None);
        if (memory != _memory)
        {
            return;
        }

        _spool[key] = result;
        memory.Running.TryRemove(key, out _);
        try
        {
            await ResultAsync(socket, key);
        }
        catch (Exception)
        {
            // It is sent again by the next connection.
        }
    }

    private async Task BeatAsync(HubClient socket, Memory memory)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (!socket.Closed.IsCompleted && await timer.WaitForNextTickAsync(_ended.Token))
            {
                await socket.SendAsync(FrameType.Heartbeat, Running(memory));
                await ResendAsync(socket);
            }
        }
        catch (Exception)
        {
            // The socket has ended, and with it this.
        }
    }

    private async Task ResendAsync(HubClient socket)
    {
        foreach (var key in _spool.Keys)
        {
            await ResultAsync(socket, key);
        }
    }

    private Task ResultAsync(HubClient socket, (string Task, int Attempt) key) => _spool.TryGetValue(key, out var result)
        ? socket.SendAsync(FrameType.TaskResult, new { task_id = key.Task, attempt = key.Attempt, result })
        : Task.CompletedTask;

    private object Running(Memory memory) => new { running = memory.Running.Keys.Union(_spool.Keys).Select(key => new { task_id = key.Task, attempt = key.Attempt }) };

    private static (string Task, int Attempt) KeyOf(JsonElement payload) => (payload.GetProperty("task_id").GetString()!, payload.GetProperty("attempt").GetInt32());

    /// <summary>What goes with its process.</summary>
    private sealed class Memory
    {
        public ConcurrentDictionary<(string Task, int Attempt), bool> Running { get; } = new();
    }
}
