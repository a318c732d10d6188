using System.Net.WebSockets;
using Agents.Contracts.Realtime;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Link;

/// <summary>
/// One agreed connection until it ends: what comes is handled, what waits in the outbox goes, each interval has its
/// heartbeat, and three intervals without a word from the server are the end.
/// </summary>
internal sealed partial class Connection(
    WebSocket socket, FrameReader reader, FrameWriter writer, Outbox outbox, SentFrames sent, Arrivals arrivals, Func<HeartbeatIn> heartbeat, TimeSpan interval,
    TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>For saying goodbye: a server that does not answer it must not keep the daemon from ending.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    /// <summary>A quarter of a lease.</summary>
    private static readonly TimeSpan WorkInterval = TimeSpan.FromSeconds(5);

    // Sending and receiving are cut by this alone: a token that cancels a socket's operation breaks the socket.
    private readonly CancellationTokenSource _cut = new();
    private long _heard = time.GetTimestamp();

    public async Task<LinkEnd> RunAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = ReadAsync();
        // The heartbeat goes before what waits: the server knows how the agents are before anything else arrives from them.
        Task<LinkEnd>[] all = [reading, WatchAsync(over.Token), BeatAsync(over.Token), PumpAsync(over.Token), BeatWhileWorkingAsync(over.Token)];
        var end = await await Task.WhenAny(all);
        await over.CancelAsync();
        if (end.Kind is EndKind.Stopped)
        {
            await CloseAsync(reading);
        }

        await _cut.CancelAsync();
        await Task.WhenAll(all);
        return stop.IsCancellationRequested ? new(EndKind.Stopped, "the daemon stops") : end;
    }

    public void Dispose()
    {
        socket.Dispose();
        _cut.Dispose();
    }

    private Task<LinkEnd> ReadAsync() => GuardAsync(async () =>
    {
        while (await reader.NextAsync(_cut.Token) is { } frame)
        {
            Volatile.Write(ref _heard, time.GetTimestamp());
            arrivals.Handle(frame);
        }

        if (socket.State is WebSocketState.CloseReceived)
        {
            using var limit = new CancellationTokenSource(CloseLimit, time);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }

        return LinkEnd.Closed(socket.CloseStatus, socket.CloseStatusDescription, arrivals.Refusal);
    });

    private Task<LinkEnd> PumpAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        while (true)
        {
            var frame = await outbox.FirstAsync(cancellationToken);
            await writer.SendAsync(frame, cancellationToken, _cut.Token);
            outbox.Remove(frame);
            frame.Sent?.Invoke();
        }
    });

    private Task<LinkEnd> BeatAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            await SayHeartbeatAsync(cancellationToken);
            sent.SendAgain();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));

        throw new OperationCanceledException(cancellationToken);
    });

    /// <summary>Who works says so more often than who is idle: the server counts on it.</summary>
    private Task<LinkEnd> BeatWhileWorkingAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (interval <= WorkInterval)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        using var timer = new PeriodicTimer(WorkInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (heartbeat().Running is { Count: > 0 })
            {
                await SayHeartbeatAsync(cancellationToken);
            }
        }

        throw new OperationCanceledException(cancellationToken);
    });

    private Task SayHeartbeatAsync(CancellationToken cancellationToken) =>
        writer.SendAsync(() => OutFrame.Of(FrameType.Heartbeat, heartbeat(), DaemonJson.Wire.HeartbeatIn), cancellationToken, _cut.Token);

    private Task<LinkEnd> WatchAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (time.GetElapsedTime(Volatile.Read(ref _heard)) is var silence && silence >= 3 * interval)
            {
                return LinkEnd.Lost($"the server has said nothing for {silence.TotalSeconds:0} s");
            }
        }

        throw new OperationCanceledException(cancellationToken);
    });

    private async Task CloseAsync(Task<LinkEnd> reading)
    {
        using var limit = new CancellationTokenSource(CloseLimit, time);
        try
        {
            await writer.CloseAsync("the daemon stops", limit.Token);
            await reading.WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            Log.NoGoodbye(log, e.Message);
        }
    }

    /// <summary>However one of them ends, the connection ends with a reason, never with an exception.</summary>
    private async Task<LinkEnd> GuardAsync(Func<Task<LinkEnd>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            return new(EndKind.Stopped, "the daemon stops");
        }
        catch (WebSocketException e)
        {
            return arrivals.Refusal is { } refusal ? new(EndKind.Refused, refusal) : LinkEnd.Lost($"the connection broke: {e.Message}");
        }
        catch (Exception e)
        {
            Log.Failed(log, e);
            return LinkEnd.Lost(e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The connection could not be closed in good order: {Problem}")]
        public static partial void NoGoodbye(ILogger log, string problem);

        [LoggerMessage(LogLevel.Error, "The connection failed")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
