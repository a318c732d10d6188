namespace Agents.Scheduler.Dispatch;

/// <summary>The lanes that we were told of, each with its queue. Not for several threads at once.</summary>
internal sealed class LaneQueues(int capacity)
{
    private readonly Dictionary<long, LaneQueue> _queues = [];

    public IEnumerable<long> Ids => _queues.Keys;

    /// <summary>Those that have heads, for which somebody may have a place.</summary>
    public IEnumerable<LaneQueue> Ready => _queues.Values.Where(queue => queue is { IsEmpty: false, IsStalled: false });

    /// <summary>Those of which nothing can be given out before the table is read.</summary>
    public IEnumerable<LaneQueue> Unread => _queues.Values.Where(queue => queue is { WantsRefill: true, IsStalled: false });

    public LaneQueue Of(long lane) => _queues.TryGetValue(lane, out var known) ? known : _queues[lane] = LaneQueue.OfNew(lane, capacity);

    public void Clear() => _queues.Clear();

    public void Offer(long lane, long rank, Guid task)
    {
        var queue = Of(lane);
        queue.Offer(rank, task);
        queue.IsStalled = false;
    }

    /// <summary>They have something queued, of which we may have been told nothing.</summary>
    public void AreFull(IEnumerable<long> lanes) => Doubt(lanes.Select(Of).Where(queue => queue.IsEmpty));

    public void DoubtAll() => Doubt(_queues.Values);

    /// <summary>Somebody may have a place now.</summary>
    public void Unstall()
    {
        foreach (var queue in _queues.Values)
        {
            queue.IsStalled = false;
        }
    }

    private static void Doubt(IEnumerable<LaneQueue> queues)
    {
        foreach (var queue in queues)
        {
            queue.Doubt();
            queue.IsStalled = false;
        }
    }
}
