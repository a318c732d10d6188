using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Agents.Bench.Figures;

namespace Agents.Bench.Devices;

/// <summary>A person's page that sees every agent: how long after a device's word a change of presence stands in its socket.</summary>
internal sealed class Watcher : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>No multiple of it is what changes are gathered for, so that every phase of that is met.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(23);

    private readonly ClientWebSocket _socket = new();
    private Task _reading = Task.CompletedTask;
    private readonly ConcurrentDictionary<string, (long At, TaskCompletionSource<long> Seen)> _awaited = new();

    public static async Task<Watcher> ConnectAsync(Uri server, string accessToken, CancellationToken cancellationToken)
    {
        var watcher = new Watcher();
        watcher._socket.Options.SetRequestHeader("Authorization", $"Bearer {accessToken}");
        await watcher._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws", Query = "role=client" }.Uri, cancellationToken);
        watcher._reading = watcher.ReadAsync();
        return watcher;
    }

    /// <summary>So many devices say, one after the other, that their agent is busy.</summary>
    public async Task<Latencies> MeasureAsync(IEnumerable<SimulatedDevice> devices, CancellationToken cancellationToken)
    {
        var seen = new List<Task<long>>();
        foreach (var device in devices)
        {
            var source = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited[device.Name.AgentId] = (Stopwatch.GetTimestamp(), source);
            await device.TurnBusyAsync(cancellationToken);
            seen.Add(source.Task);
            await Task.Delay(Between, cancellationToken);
        }

        var all = Task.WhenAll(seen);
        if (await Task.WhenAny(all, _reading, Task.Delay(Limit, cancellationToken)) != all)
        {
            await (_reading.IsCompleted ? _reading : Task.CompletedTask);
            throw new TimeoutException($"{seen.Count(task => !task.IsCompleted)} of {seen.Count} changes did not reach a person's socket.");
        }

        var latencies = new Latencies();
        foreach (var ticks in await all)
        {
            latencies.Add(ticks);
        }

        return latencies;
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[512 * 1024];
        var length = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } part)
            {
                length += part.Count;
                if (part.EndOfMessage)
                {
                    Take(buffer.AsMemory(0, length), Stopwatch.GetTimestamp());
                    length = 0;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            // Closed by us at the end, or lost: then not all is seen that should be.
        }
    }

    private void Take(ReadOnlyMemory<byte> frame, long now)
    {
        using var json = JsonDocument.Parse(frame);
        var payload = json.RootElement.GetProperty("payload");
        if (json.RootElement.GetProperty("type").GetString() is "agent/status" && payload.GetProperty("status").GetString() is "busy"
            && _awaited.TryGetValue(payload.GetProperty("agent_id").GetString()!, out var awaited))
        {
            awaited.Seen.TrySetResult(now - awaited.At);
        }
    }
}
