using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;

namespace Agents.Tests.App.Work.Model;

/// <summary>A person who follows all tasks by a socket, and comes back with the last event that he has seen.</summary>
internal sealed class Watcher(Func<string?, Task<HubClient>> open) : IAsyncDisposable
{
    private readonly Dictionary<(string Task, long Number), string> _seen = [];
    private HubClient? _socket;
    private string? _lastEventId;

    public async Task TakeAsync()
    {
        foreach (var frame in _socket?.Waiting() ?? [])
        {
            if (frame.Type == FrameType.Error)
            {
                // What was missed could not be told just now: it is asked for again.
                await CutAsync();
                break;
            }

            if (frame.Type is FrameType.TaskState or FrameType.TaskProgress && frame.Payload.GetProperty("number").ValueKind is JsonValueKind.Number)
            {
                _lastEventId = frame.Payload.GetProperty("event_id").GetString();
                _seen[(frame.Payload.GetProperty("task_id").GetString()!, frame.Payload.GetProperty("number").GetInt64())] =
                    frame.Payload.GetProperty(frame.Type == FrameType.TaskState ? "status" : "kind").GetString()!;
            }
        }

        if (_socket is null or { Closed.IsCompleted: true })
        {
            await CutAsync();
            await ComeAsync();
        }
    }

    public async Task CutAsync()
    {
        if (_socket is { } socket)
        {
            _socket = null;
            await socket.DisposeAsync();
        }
    }

    /// <summary>An event that was not shown, or shown otherwise.</summary>
    public Happening? Missed(ModelTask task) =>
        task.Happenings.FirstOrDefault(e => _seen.GetValueOrDefault((task.Id, e.Number)) != (e.Status ?? e.Kind));

    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task ComeAsync()
    {
        try
        {
            _socket = await open(_lastEventId);
        }
        catch (Exception e) when (Unreachable.Is(e))
        {
            // Again at the next look.
        }
    }
}
