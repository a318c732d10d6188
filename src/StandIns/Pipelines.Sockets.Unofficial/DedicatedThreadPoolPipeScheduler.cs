using System.Collections.Concurrent;
using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A few threads of its own, so that answers are read even while the thread pool is busy; what they cannot take goes to the pool.</summary>
public sealed class DedicatedThreadPoolPipeScheduler : PipeScheduler, IDisposable
{
    private readonly BlockingCollection<(Action<object?> Action, object? State)> _queue;
    private readonly string _name;
    private long _servicedByQueue;
    private long _servicedByPool;
    private int _busy;

    public DedicatedThreadPoolPipeScheduler(
        string? name = null, int workerCount = 5, int useThreadPoolQueueLength = 10, ThreadPriority priority = ThreadPriority.Normal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workerCount);

        _name = string.IsNullOrWhiteSpace(name) ? nameof(DedicatedThreadPoolPipeScheduler) : name.Trim();
        _queue = new(Math.Max(1, useThreadPoolQueueLength));
        WorkerCount = workerCount;
        for (var i = 0; i < workerCount; i++)
        {
            new Thread(Work) { Name = $"{_name}:{i}", Priority = priority, IsBackground = true }.Start();
        }
    }

    public int WorkerCount { get; }

    public int AvailableCount => _queue.IsAddingCompleted ? 0 : WorkerCount - Volatile.Read(ref _busy);

    public long TotalServicedByQueue => Volatile.Read(ref _servicedByQueue);

    public long TotalServicedByPool => Volatile.Read(ref _servicedByPool);

    public override void Schedule(Action<object?> action, object? state)
    {
        if (WorkerCount == 0 || !TryQueue(action, state))
        {
            Interlocked.Increment(ref _servicedByPool);
            ThreadPool.Schedule(action, state);
        }
    }

    /// <summary>What is queued is still done.</summary>
    public void Dispose() => _queue.CompleteAdding();

    public override string ToString() => _name;

    private bool TryQueue(Action<object?> action, object? state)
    {
        try
        {
            return !_queue.IsAddingCompleted && _queue.TryAdd((action, state));
        }
        catch (InvalidOperationException)
        {
            // Disposed in between.
            return false;
        }
    }

    private void Work()
    {
        foreach (var (action, state) in _queue.GetConsumingEnumerable())
        {
            Interlocked.Increment(ref _busy);
            try
            {
                action(state);
            }
            catch (Exception)
            {
                // Continuations answer for themselves; the thread serves every connection and must outlive a bad one.
            }

            Interlocked.Decrement(ref _busy);
            Interlocked.Increment(ref _servicedByQueue);
        }
    }
}
