using System.Buffers;
using System.Net.WebSockets;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Sockets;

/// <summary>Reads one socket until it ends. While nothing comes no buffer is held for it.</summary>
internal sealed class SocketReader(WebSocket socket, Connection connection, Router router, int framesPerSecond, TimeProvider time)
{
    private const int FirstBuffer = 4096;

    private static readonly TimeSpan ComplainEvery = TimeSpan.FromSeconds(1);

    /// <summary>Not longer: a client waits for us to hang up first.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    private Rate _rate = new(framesPerSecond, time);
    private long _complainedAt;

    /// <param name="hungUp">The other end has.</param>
    public async Task RunAsync(CancellationToken hungUp)
    {
        using var ended = new CancellationTokenSource();
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent && await ReadOneAsync(ended.Token))
            {
            }
        }
        catch (BadFrameException e)
        {
            connection.Tell(FaultKind.BadFrame, e.Message);
            connection.Close(e.CloseCode, e.Message);
            await DrainAsync();
        }
        catch (WebSocketException)
        {
            // The other end vanished, or broke the protocol: then the framework has told it so, and to hang up at once could overtake that.
            connection.Close(CloseCode.GoingAway, "");
            await Task.Delay(LastWords, time, hungUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async ValueTask<bool> ReadOneAsync(CancellationToken ended)
    {
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (first.MessageType is WebSocketMessageType.Close)
        {
            return Closed();
        }

        if (first.EndOfMessage)
        {
            // One without a byte has been read by this already; to read on would be to wait for the next.
            await PaceAsync(ended);
            await TakeAsync(ReadOnlyMemory<byte>.Empty, first.MessageType, ended);
            return true;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    return Closed();
                }

                length += part.Count;
                if (length > Frame.MaxBytes)
                {
                    throw new BadFrameException(CloseCode.TooBig, $"a frame has at most {Frame.MaxBytes} bytes");
                }

                // Each part counts: ten thousand empty fragments are ten thousand frames.
                await PaceAsync(ended);
                if (part.EndOfMessage)
                {
                    await TakeAsync(buffer.AsMemory(0, length), part.MessageType, ended);
                    return true;
                }

                if (length == buffer.Length)
                {
                    buffer = Grown(buffer, length);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Politely answered; there is nothing more to read.</summary>
    private bool Closed()
    {
        connection.Close((int)WebSocketCloseStatus.NormalClosure, "");
        return false;
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type, CancellationToken ended)
    {
        if (type is not WebSocketMessageType.Text)
        {
            throw new BadFrameException(CloseCode.NotText, "only text frames are understood");
        }

        // Whoever was told to go is not listened to any more.
        if (!connection.IsClosing)
        {
            await router.HandleAsync(connection, connection.Dialect.Decode(frame.Span), ended);
        }
    }

    private static byte[] Grown(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <summary>Who sends faster than it may is read more slowly: nothing is lost, and the network holds it back.</summary>
    private ValueTask PaceAsync(CancellationToken ended)
    {
        var wait = _rate.Take();
        return wait <= TimeSpan.Zero ? ValueTask.CompletedTask : WaitAsync(wait, ended);
    }

    private async ValueTask WaitAsync(TimeSpan wait, CancellationToken ended)
    {
        if (time.GetElapsedTime(_complainedAt) > ComplainEvery)
        {
            _complainedAt = time.GetTimestamp();
            connection.Tell(FaultKind.TooFast, $"more than {framesPerSecond} frames a second");
            connection.Send(new ErrorPayload((int)ErrorCode.TooMany, $"More than {framesPerSecond} frames a second: they are read as fast as that."));
        }

        await Task.Delay(wait, time, ended);
    }

    /// <summary>Until the other end has read our close frame, so that a reset does not overtake it. The beat ends it if it never does.</summary>
    private async Task DrainAsync()
    {
        var buffer = new byte[FirstBuffer];
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent
                && (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType is not WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Gone without a word.
        }
    }
}
