namespace Agents.Realtime.Hub;

/// <summary>
/// What waits to be sent on one connection: bounded, in order, and nothing at all while the connection is idle. A pump
/// runs only while there is something to send.
/// </summary>
internal sealed class Outbox(ILink link, HubOptions options, TimeProvider time)
{
    private const int QueueWorthKeeping = 64;

    private readonly Lock _gate = new();
    private Queue<byte[]>? _waiting;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _end;
    private (int Code, string Reason)? _closing;
    private long _sendingSince;
    private long _put;
    private long _sent;
    private long _asked;
    private int _bytes;
    private bool _pumping;
    private bool _ended;
    private bool _lastCame;
    private bool _closes;
    private bool _asks;

    /// <summary>The number of the last frame that was put in: 1, 2, 3 …</summary>
    public long LastPut => Volatile.Read(ref _put);

    /// <summary>The number of the last frame that the other end was asked for.</summary>
    public long LastAsked => Volatile.Read(ref _asked);

    /// <summary>Something went out that it was not asked for yet.</summary>
    public bool HasUnasked => Volatile.Read(ref _sent) > LastAsked;

    /// <summary>False where it holds as much as it may: the reader is too slow.</summary>
    public bool TryPut(byte[] frame)
    {
        lock (_gate)
        {
            if (_closing is not null || _ended)
            {
                return true;
            }

            if (_bytes + frame.Length > options.MaxQueuedBytes || _waiting?.Count >= options.MaxQueuedFrames)
            {
                return false;
            }

            (_waiting ??= new()).Enqueue(frame);
            _bytes += frame.Length;
            _put++;
            StartPump();
            return true;
        }
    }

    /// <summary>Waits until half of it is free, so that a long list is sent as fast as it is read.</summary>
    public async ValueTask RoomAsync(CancellationToken cancellationToken)
    {
        Task room;
        lock (_gate)
        {
            if (IsHalfEmpty)
            {
                return;
            }

            room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await room.WaitAsync(cancellationToken);
    }

    /// <summary>After what is being sent, before what waits, the other end is asked for all that was sent.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            if (_closing is null && !_ended)
            {
                _asks = true;
                StartPump();
            }
        }
    }

    /// <summary>What waits is thrown away; what is being sent goes first. The first code counts. True for that one.</summary>
    /// <param name="lastWords">A frame that says why, before the code does.</param>
    public bool Close(int code, string reason, byte[]? lastWords = null)
    {
        lock (_gate)
        {
            if (_closing is not null || _ended)
            {
                return false;
            }

            // Where nothing can be sent any more there is no pump to say it.
            _closing = (code, reason);
            _closes = true;
            _asks = false;
            _waiting = lastWords is null ? null : new([lastWords]);
            _bytes = lastWords?.Length ?? 0;
            _room?.TrySetResult();
            StartPump();
            return true;
        }
    }

    /// <summary>Nothing more comes: done when what waits is out, the close frame where there is one, or nothing can be sent any more.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            _lastCame = true;
            if (!_ended)
            {
                StartPump();
            }

            return _ended ? Task.CompletedTask : (_end ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public bool IsClosing => Volatile.Read(ref _closes);

    /// <summary>One frame has been on its way for longer than any reader may take.</summary>
    public bool IsStuck => Volatile.Read(ref _sendingSince) is var since and not 0 && time.GetElapsedTime(since) > options.SendLimit;

    /// <summary>A reader that keeps up has it: what can wait for it waits elsewhere.</summary>
    public bool IsHalfEmpty
    {
        get
        {
            lock (_gate)
            {
                return HasRoom || _ended || _closing is not null;
            }
        }
    }

    private bool HasRoom => _bytes <= options.MaxQueuedBytes / 2 && !(_waiting?.Count > options.MaxQueuedFrames / 2);

    private void StartPump()
    {
        if (!_pumping)
        {
            _pumping = true;
            // Off the caller's hands: it may hold a lock, or have thousands of others to send to.
            ThreadPool.UnsafeQueueUserWorkItem(static outbox => _ = outbox.PumpAsync(), this, preferLocal: false);
        }
    }

    private async Task PumpAsync()
    {
        while (Next(out var frame, out var close))
        {
            Volatile.Write(ref _sendingSince, time.GetTimestamp());
            try
            {
                if (frame is not null)
                {
                    await link.SendAsync(frame);
                    Volatile.Write(ref _sent, _sent + 1);
                }
                else if (close is { } closing)
                {
                    await link.CloseAsync(closing.Code, closing.Reason);
                    End();
                    return;
                }
                else
                {
                    // Before it is asked: the answer may be here before the next line is.
                    Volatile.Write(ref _asked, _sent);
                    await link.AskAsync(_sent);
                }
            }
            catch (Exception)
            {
                // The other end is gone; whoever reads from it finds out, and ends the connection.
                if (!link.HasEnded)
                {
                    link.Abort();
                }

                End();
                return;
            }
            finally
            {
                Volatile.Write(ref _sendingSince, 0);
            }
        }
    }

    private void End()
    {
        lock (_gate)
        {
            EndLocked();
        }
    }

    private void EndLocked()
    {
        _ended = true;
        _waiting = null;
        _room?.TrySetResult();
        _end?.TrySetResult();
    }

    /// <summary>Neither a frame nor a code: then the other end is to be asked.</summary>
    private bool Next(out byte[]? frame, out (int Code, string Reason)? close)
    {
        lock (_gate)
        {
            (frame, close) = (null, null);
            if (_closing is not null && _waiting is not { Count: > 0 })
            {
                close = _closing;
                return true;
            }

            if (_asks)
            {
                _asks = false;
                return true;
            }

            if (_waiting is null || !_waiting.TryDequeue(out frame))
            {
                _waiting = _waiting?.EnsureCapacity(0) > QueueWorthKeeping ? null : _waiting;
                _pumping = false;
                if (_lastCame)
                {
                    EndLocked();
                }

                return false;
            }

            _bytes -= frame.Length;
            if (_room is not null && HasRoom)
            {
                _room.TrySetResult();
                _room = null;
            }

            return true;
        }
    }
}
