using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Agents.Contracts;
using Agents.Contracts.Realtime;

namespace Agents.Tests.App.Realtime;

/// <summary>The client's end of a socket of the hub. It reads all the time, as a client should; what came is asked for by its type.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly Channel<Frame> _frames = Channel.CreateUnbounded<Frame>();
    private Task<int> _reading = Task.FromResult(0);

    /// <summary>The code that the server closed with; 0 where it went without a word.</summary>
    public Task<int> Closed => _reading;

    public ClientWebSocket Socket => _socket;

    /// <param name="address">Of the gateway, or of Realtime itself.</param>
    public static async Task<HubClient> OpenAsync(Uri address, string path, string? bearer = null)
    {
        var client = new HubClient();
        client._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (bearer is not null)
        {
            client._socket.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await client._socket.ConnectAsync(new Uri(new UriBuilder(address) { Scheme = "ws" }.Uri, path), limit.Token);
        client._reading = Task.Run(client.ReadAsync);
        return client;
    }

    /// <summary>Until the server has said who it takes us for.</summary>
    public async Task<HubClient> JoinedAsync()
    {
        Assert.Equal(FrameType.Heartbeat, (await NextAsync()).Type);
        Assert.Equal(FrameType.AuthOk, (await NextAsync()).Type);
        return this;
    }

    public Task SendAsync(string type, object payload, string? id = null) =>
        SendTextAsync(JsonSerializer.Serialize(new { id = id ?? Guid.NewGuid().ToString(), type, ts = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), payload }, WireJson.Options));

    public Task SendTextAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text));

    public Task SendBytesAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool end = true) =>
        _socket.SendAsync(bytes, type, end, TestContext.Current.CancellationToken).WaitAsync(Limit);

    /// <summary>The next frame of this type that is the one wanted; what comes before it is passed over.</summary>
    public async Task<JsonElement> NextAsync(string type, Func<JsonElement, bool>? isIt = null, TimeSpan? limit = null)
    {
        var seen = new List<string>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(limit ?? Limit);
        try
        {
            while (true)
            {
                var frame = await _frames.Reader.ReadAsync(end.Token);
                if (frame.Type == type && isIt?.Invoke(frame.Payload) is null or true)
                {
                    return frame.Payload;
                }

                seen.Add($"{frame.Type} {frame.Payload}");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"no such {type}, only: {string.Join("; ", seen.TakeLast(5))}{(Closed.IsCompleted ? $"; closed with {await Closed}" : "")}", e);
        }
    }

    public Task<JsonElement> StatusAsync(string agentId, string status, TimeSpan? limit = null) =>
        NextAsync(FrameType.AgentStatus, said => said.GetProperty("agent_id").GetString() == agentId && said.GetProperty("status").GetString() == status, limit);

    /// <summary>What a page is told of this device.</summary>
    public async Task<JsonElement> DeviceAsync(string deviceId, string status, Func<JsonElement, bool>? isIt = null)
    {
        JsonElement? Told(JsonElement said) => said.GetProperty("devices").EnumerateArray()
            .Where(device => device.GetProperty("device_id").GetString() == deviceId && device.GetProperty("status").GetString() == status && isIt?.Invoke(device) is null or true)
            .Select(device => (JsonElement?)device).FirstOrDefault();

        return Told(await NextAsync(FrameType.DeviceStatus, said => Told(said) is not null))!.Value;
    }

    /// <summary>The error that answers the frame with this id.</summary>
    public async Task<int> ErrorAsync(string id) =>
        (await NextAsync(FrameType.Error, error => error.TryGetProperty("ref", out var answered) && answered.GetString() == id)).GetProperty("code").GetInt32();

    /// <summary>It is answered: whatever was sent before has been read, and the connection is open.</summary>
    public async Task AnswersAsync()
    {
        var id = Guid.NewGuid().ToString();
        await SendAsync("no/such-type", new { }, id);
        Assert.Equal(1001, await ErrorAsync(id));
    }

    public async Task ClosedWithAsync(int code, TimeSpan? limit = null) => Assert.Equal(code, await Closed.WaitAsync(limit ?? Limit));

    /// <summary>Frames that came and nobody has asked for yet.</summary>
    public IReadOnlyList<Frame> Waiting()
    {
        List<Frame> waiting = [];
        while (_frames.Reader.TryRead(out var frame))
        {
            waiting.Add(frame);
        }

        return waiting;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
    }

    public async Task<Frame> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        return await _frames.Reader.ReadAsync(limit.Token);
    }

    /// <summary>A flat frame is its own payload.</summary>
    private static Frame Parse(JsonElement frame) => frame.TryGetProperty("payload", out _)
        ? frame.Deserialize<Frame>(WireJson.Options)!
        : new("", frame.GetProperty("type").GetString()!, 0, frame);

    private async Task<int> ReadAsync()
    {
        var frame = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(frame.GetMemory(4096), CancellationToken.None);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    var code = (int)_socket.CloseStatus!;
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return code;
                }

                frame.Advance(part.Count);
                if (part.EndOfMessage)
                {
                    _frames.Writer.TryWrite(Parse(JsonSerializer.Deserialize<JsonElement>(frame.WrittenSpan)));
                    frame.ResetWrittenCount();
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return (int?)_socket.CloseStatus ?? 0;
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }
}
