using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;

namespace Agents.Tests.App.Daemon;

/// <summary>The server's end of one connection.</summary>
internal sealed class HubSocket(WebSocket socket, string deviceId, string authorization)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string DeviceId => deviceId;

    public string Authorization => authorization;

    /// <summary>The handshake as the contract has it; the device's first heartbeat is its answer.</summary>
    public async Task<Frame> GreetAsync(int interval = 30, long serverTime = 1_800_000_000, params string[] agents)
    {
        await SendAsync(FrameType.Heartbeat, new HeartbeatOut(interval));
        await SendAsync(FrameType.AuthOk, new
        {
            connection_id = "c1",
            role = "device",
            server_time = serverTime,
            heartbeat_interval = interval,
            max_frame_bytes = Frame.MaxBytes,
            device_id = DeviceId,
            agents = agents.Select(id => new { id, name = id, type = "claude" }),
        });
        return await NextAsync(FrameType.Heartbeat);
    }

    public Task SendAsync<T>(string type, T payload) => SendTextAsync(JsonSerializer.Serialize(
        new Frame(Guid.NewGuid().ToString(), type, 1_800_000_000, JsonSerializer.SerializeToElement(payload, WireJson.Options)), WireJson.Options));

    public Task SendTextAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendBytesAsync(byte[] bytes, WebSocketMessageType type) =>
        await socket.SendAsync(bytes, type, endOfMessage: true, TestContext.Current.CancellationToken).WaitAsync(Limit);

    /// <summary>The next frame of this type; others may come before it.</summary>
    public async Task<Frame> NextAsync(string type)
    {
        var frame = await NextAsync();
        while (frame.Type != type)
        {
            frame = await NextAsync();
        }

        return frame;
    }

    public async Task<Frame> NextAsync()
    {
        var frame = await ReceiveAsync();
        Assert.True(frame is not null, $"the device closed ({socket.CloseStatus})");
        return frame;
    }

    /// <summary>How the device closed.</summary>
    public async Task<WebSocketCloseStatus?> ClosedAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        if (socket.State is WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        }

        _ended.TrySetResult();
        return socket.CloseStatus;
    }

    public async Task CloseAsync(int code, string why)
    {
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, why, TestContext.Current.CancellationToken);
        _ended.TrySetResult();
    }

    /// <summary>Gone without a word.</summary>
    public void Break()
    {
        socket.Abort();
        _ended.TrySetResult();
    }

    public Task EndedAsync(CancellationToken cancellationToken) => Task.WhenAny(_ended.Task, Task.Delay(Timeout.Infinite, cancellationToken));

    private async Task<Frame?> ReceiveAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var buffer = new byte[Frame.MaxBytes];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
            length += part.Count;
        }
        while (!part.EndOfMessage);

        return part.MessageType is WebSocketMessageType.Close ? null : JsonSerializer.Deserialize<Frame>(buffer.AsSpan(0, length), WireJson.Options);
    }
}
