using Agents.Contracts.Realtime;

namespace Agents.Daemon.Link;

/// <summary>
/// What waits to be sent, bounded. Where it is full the oldest metrics give way: they are worth least and newer ones
/// come. Of what tasks say while they work the oldest gives way too, sooner, so that it pushes nothing else out. Nothing
/// else is ever dropped; who adds it waits until there is room. While there is no connection, these two stand on disk too.
/// </summary>
internal sealed class Outbox
{
    // About two hours of metrics at the usual interval.
    public const int DefaultCapacity = 256;

    public const int MostProgress = 96;

    private readonly Lock _lock = new();
    private readonly LinkedList<OutFrame> _frames = [];
    private readonly int _capacity;
    private readonly Backlog? _backlog;

    /// <summary>Those of the backlog that have not gone yet.</summary>
    private readonly HashSet<OutFrame> _kept = new(ReferenceEqualityComparer.Instance);
    private bool _isConnected;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _dropped;

    /// <param name="backlog">What it has of a daemon before this one comes first.</param>
    public Outbox(int capacity = DefaultCapacity, Backlog? backlog = null)
    {
        (_capacity, _backlog) = (capacity, backlog);
        foreach (var frame in backlog?.Read() ?? [])
        {
            TryAdd(frame);
        }

        KeepAll();
    }

    public long Dropped => Interlocked.Read(ref _dropped);

    public void Connected()
    {
        lock (_lock)
        {
            _isConnected = true;
            ClearIfGone();
        }
    }

    public void Disconnected()
    {
        lock (_lock)
        {
            _isConnected = false;
            KeepAll();
        }
    }

    public async ValueTask PutAsync(OutFrame frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (TryAdd(frame))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>False where there is no room just now.</summary>
    public bool TryPut(OutFrame frame)
    {
        lock (_lock)
        {
            return TryAdd(frame);
        }
    }

    /// <summary>The oldest, once there is one. It stays until <see cref="Remove"/>: a connection may break while it is sent.</summary>
    public async ValueTask<OutFrame> FirstAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_frames.First is { } first)
                {
                    return first.Value;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public void Remove(OutFrame frame)
    {
        lock (_lock)
        {
            // Gone already where it was metrics that gave way meanwhile.
            if (Take(frame))
            {
                Changed();
            }
        }
    }

    private bool TryAdd(OutFrame frame)
    {
        if (frame.Type is FrameType.TaskProgress && _frames.Count(waiting => waiting.Type is FrameType.TaskProgress) >= MostProgress)
        {
            Drop(FrameType.TaskProgress);
        }

        if (_frames.Count >= _capacity && !Drop(FrameType.Metrics) && (frame.Type is FrameType.Metrics || !Drop(FrameType.TaskProgress)))
        {
            if (frame.Type is not (FrameType.Metrics or FrameType.TaskProgress))
            {
                return false;
            }

            Interlocked.Increment(ref _dropped);
            return true;
        }

        _frames.AddLast(frame);
        if (!_isConnected)
        {
            Keep(frame);
        }

        Changed();
        return true;
    }

    private static bool IsWorthKeeping(OutFrame frame) => frame.Type is FrameType.Metrics or FrameType.TaskProgress;

    private void Keep(OutFrame frame)
    {
        if (_backlog is not null && IsWorthKeeping(frame) && _kept.Add(frame) && !_backlog.Add(frame))
        {
            KeepAll();
        }
    }

    private void KeepAll()
    {
        _kept.Clear();
        _kept.UnionWith(_frames.Where(IsWorthKeeping));
        _backlog?.Write(_frames.Where(IsWorthKeeping));
    }

    private bool Take(OutFrame frame)
    {
        if (!_frames.Remove(frame))
        {
            return false;
        }

        if (_kept.Remove(frame))
        {
            ClearIfGone();
        }

        return true;
    }

    private void ClearIfGone()
    {
        if (_isConnected && _kept.Count == 0)
        {
            _backlog?.Clear();
        }
    }

    /// <summary>The oldest of this type. False where there is none.</summary>
    private bool Drop(string type)
    {
        if (_frames.FirstOrDefault(waiting => waiting.Type == type) is not { } oldest)
        {
            return false;
        }

        Interlocked.Increment(ref _dropped);
        return Take(oldest);
    }

    private void Changed()
    {
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
