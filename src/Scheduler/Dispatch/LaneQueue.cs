namespace Agents.Scheduler.Dispatch;

/// <summary>
/// The heads of one lane's queue, in memory. What stands here is a hint: the claim looks again. But nothing may be missing
/// that would come before what stands here, unless the queue knows that it does not know.
/// </summary>
internal sealed class LaneQueue(long id, int capacity)
{
    private readonly SortedSet<(long Rank, Guid Task)> _heads = [];

    /// <summary>What is offered while the table is read, which may or may not be in the answer.</summary>
    private List<(long Rank, Guid Task)>? _meanwhile;

    public long Id => id;

    /// <summary>All that is queued in the lane stands here.</summary>
    public bool IsComplete { get; private set; }

    public bool IsEmpty => _heads.Count == 0;

    /// <summary>The table has to be asked before anything more can be given out.</summary>
    public bool WantsRefill => IsEmpty && !IsComplete;

    public long HeadRank => _heads.Min.Rank;

    /// <summary>Nobody has a place for it: looked at again when somebody may.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Who matches, as long as the fleet is this one.</summary>
    public (int Fleet, Worker[] Workers)? Matching { get; set; }

    public static LaneQueue OfNew(long id, int capacity) => new(id, capacity) { IsComplete = true };

    public void Offer(long rank, Guid task)
    {
        _meanwhile?.Add((rank, task));
        if (!IsComplete && (IsEmpty || (rank, task).CompareTo(_heads.Max) > 0))
        {
            // It stands behind others in the table that aren't here, and is read in its turn.
            return;
        }

        _heads.Add((rank, task));
        if (_heads.Count > capacity)
        {
            _heads.Remove(_heads.Max);
            IsComplete = false;
        }
    }

    /// <summary>To be called before the table is read.</summary>
    public void BeginRefill() => _meanwhile = [];

    public void Refill(IReadOnlyList<(long Rank, Guid Task)> heads)
    {
        _heads.UnionWith(heads);
        IsComplete = heads.Count < capacity;
        var meanwhile = _meanwhile ?? [];
        _meanwhile = null;
        meanwhile.ForEach(late => Offer(late.Rank, late.Task));
    }

    public Guid Pop()
    {
        var head = _heads.Min;
        _heads.Remove(head);
        return head.Task;
    }

    /// <summary>Something may have been queued that nobody told of.</summary>
    public void Doubt()
    {
        _heads.Clear();
        IsComplete = false;
    }
}
