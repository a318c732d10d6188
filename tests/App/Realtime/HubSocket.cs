using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>One end of <c>/ws</c> that waits for what it expects, with a limit.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _frames = Channel.CreateBounded<JsonElement>(10_000);
    private Task _reading = Task.CompletedTask;

    public WebSocket Raw => _socket;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<HubSocket> OpenAsync(AgentsApp app, string query, string? bearer = null)
    {
        var opened = new HubSocket();
        if (bearer is not null)
        {
            opened._socket.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
        }

        await opened._socket.ConnectAsync(new UriBuilder(app.App.GetEndpoint("gateway")) { Scheme = "ws", Path = "/ws", Query = query }.Uri, Cancelled);
        opened._reading = opened.ReadAsync();
        return opened;
    }

    /// <summary>Connected and let in.</summary>
    public static async Task<HubSocket> DeviceAsync(AgentsApp app, Machine device) =>
        await WelcomedAsync(await OpenAsync(app, $"role=device&device_id={device.Id}", device.Api.Token));

    public static async Task<HubSocket> AgentAsync(AgentsApp app, string agentId, string token) =>
        await WelcomedAsync(await OpenAsync(app, $"role=agent&agent_id={agentId}&agent_token={token}"));

    public static async Task<HubSocket> PersonAsync(AgentsApp app, string? token) =>
        await WelcomedAsync(await OpenAsync(app, "role=client", token));

    public async Task SendAsync(string type, object payload, string? id = null, string? sig = null, long? ts = null) =>
        await SendRawAsync(JsonSerializer.SerializeToUtf8Bytes(
            new { id = id ?? Guid.NewGuid().ToString(), type, ts = ts ?? TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), payload, sig }));

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool end = true) =>
        await _socket.SendAsync(bytes, type, end, Cancelled);

    /// <summary>The payload of the next frame of this type that fits; what comes before it is passed over.</summary>
    public async Task<JsonElement> NextAsync(string type, Func<JsonElement, bool>? fits = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(Limit);
        try
        {
            while (true)
            {
                var frame = await _frames.Reader.ReadAsync(limit.Token);
                if (frame.GetProperty("type").GetString() == type && fits?.Invoke(frame.GetProperty("payload")) is not false)
                {
                    return frame.GetProperty("payload");
                }
            }
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            throw new TimeoutException($"no {type} came; closed with {_socket.CloseStatus} {_socket.CloseStatusDescription}", e);
        }
    }

    /// <summary>The error that answers the frame of this id.</summary>
    public async Task<int> ErrorAsync(string id) =>
        (await NextAsync(FrameType.Error, error => error.TryGetProperty("ref", out var of) && of.GetString() == id)).GetProperty("code").GetInt32();

    /// <summary>Something that is answered by every connection that is well.</summary>
    public async Task AnswersAsync()
    {
        var id = Guid.NewGuid().ToString();
        await SendAsync("no/such", new { }, id);
        Assert.Equal(1001, await ErrorAsync(id));
    }

    public async Task<int> ClosedAsync()
    {
        await _reading.WaitAsync(Limit, Cancelled);
        return (int)(_socket.CloseStatus ?? 0);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private static async Task<HubSocket> WelcomedAsync(HubSocket socket)
    {
        await socket.NextAsync(FrameType.Heartbeat);
        await socket.NextAsync(FrameType.AuthOk);
        return socket;
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[Frame.MaxBytes + 1];
        var length = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                length += part.Count;
                if (part.EndOfMessage)
                {
                    _frames.Writer.TryWrite(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)));
                    length = 0;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It ended without a word: CloseStatus says so.
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }
}
