using Agents.Contracts.Realtime;

namespace Agents.Daemon.Link;

/// <summary>
/// What waits to be sent, bounded. Where it is full the oldest metrics give way: they are worth least and newer ones
/// come. Nothing else is ever dropped; who adds it waits until there is room.
/// </summary>
internal sealed class Outbox(int capacity = Outbox.DefaultCapacity)
{
    // About two hours of metrics at the usual interval.
    public const int DefaultCapacity = 256;

    private readonly Lock _lock = new();
    private readonly LinkedList<OutFrame> _frames = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _dropped;

    public long Dropped => Interlocked.Read(ref _dropped);

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
            if (_frames.Remove(frame))
            {
                Changed();
            }
        }
    }

    private bool TryAdd(OutFrame frame)
    {
        if (_frames.Count >= capacity)
        {
            var metrics = _frames.FirstOrDefault(waiting => waiting.Type is FrameType.Metrics);
            if (metrics is null && frame.Type is not FrameType.Metrics)
            {
                return false;
            }

            Interlocked.Increment(ref _dropped);
            if (metrics is null)
            {
                return true;
            }

            _frames.Remove(metrics);
        }

        _frames.AddLast(frame);
        Changed();
        return true;
    }

    private void Changed()
    {
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
