using System.Collections.Concurrent;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>
/// A device as docs/protocol.md wants it: it comes back whenever it is cut, names what it works on, and keeps each result
/// until it is acknowledged. Its work is to answer with the input that it was given.
/// </summary>
internal sealed class SteadyDevice(AgentsApp app, Machine machine) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<(string Task, int Attempt), JsonElement> _unacknowledged = new();
    private Task _living = Task.CompletedTask;
    private int _done;

    /// <summary>Results that were stored.</summary>
    public int Done => _done;

    public static SteadyDevice Start(AgentsApp app, Machine machine)
    {
        var device = new SteadyDevice(app, machine);
        device._living = Task.Run(device.LiveAsync);
        return device;
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
                await using var socket = await app.DeviceSocketAsync(machine);
                await socket.SendAsync(FrameType.Heartbeat, Running());
                await ResendAsync(socket);
                var beating = BeatAsync(socket);
                while (!socket.Closed.IsCompleted)
                {
                    await TakeAsync(socket, await socket.NextAsync());
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

    private async Task TakeAsync(HubClient socket, Frame frame)
    {
        if (frame.Type == FrameType.TaskSubmit)
        {
            var key = KeyOf(frame.Payload);
            _unacknowledged.TryAdd(key, frame.Payload.GetProperty("input"));
            await socket.SendAsync(FrameType.TaskAccept, new { task_id = key.Task, attempt = key.Attempt });
            await ResultAsync(socket, key);
        }
        else if (frame.Type == FrameType.TaskAck)
        {
            if (_unacknowledged.TryRemove(KeyOf(frame.Payload), out _) && frame.Payload.GetProperty("accepted").GetBoolean())
            {
                Interlocked.Increment(ref _done);
            }
        }
    }

    private async Task BeatAsync(HubClient socket)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (!socket.Closed.IsCompleted && await timer.WaitForNextTickAsync(_ended.Token))
            {
                await socket.SendAsync(FrameType.Heartbeat, Running());
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
        foreach (var key in _unacknowledged.Keys)
        {
            await ResultAsync(socket, key);
        }
    }

    private Task ResultAsync(HubClient socket, (string Task, int Attempt) key) => _unacknowledged.TryGetValue(key, out var result)
        ? socket.SendAsync(FrameType.TaskResult, new { task_id = key.Task, attempt = key.Attempt, result })
        : Task.CompletedTask;

    private object Running() => new { running = _unacknowledged.Keys.Select(key => new { task_id = key.Task, attempt = key.Attempt }) };

    private static (string Task, int Attempt) KeyOf(JsonElement payload) => (payload.GetProperty("task_id").GetString()!, payload.GetProperty("attempt").GetInt32());
}
