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
    private int _bytes;
    private bool _pumping;
    private bool _ended;
    private bool _lastCame;
    private bool _closes;

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

    /// <summary>What waits is thrown away; what is being sent goes first. The first code counts. True for that one.</summary>
    public bool Close(int code, string reason)
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
            _waiting = null;
            _bytes = 0;
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
                if (frame is null)
                {
                    await link.CloseAsync(close.Code, close.Reason);
                    End();
                    return;
                }

                await link.SendAsync(frame);
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

    private bool Next(out byte[]? frame, out (int Code, string Reason) close)
    {
        lock (_gate)
        {
            (frame, close) = (null, default);
            if (_closing is { } closing)
            {
                close = closing;
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
