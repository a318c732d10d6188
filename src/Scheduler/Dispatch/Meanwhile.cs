namespace Agents.Scheduler.Dispatch;

/// <summary>What is told while the tables are read, which may or may not be in the answer. Not for several threads at once.</summary>
internal sealed class Meanwhile
{
    private readonly HashSet<long> _lanes = [];
    private readonly HashSet<(Guid, int)> _freed = [];
    private readonly Dictionary<(Guid, int), TakenPlace> _taken = [];
    private bool _isReading;

    /// <summary>To be called before the tables are read.</summary>
    public void Begin()
    {
        Forget();
        _isReading = true;
    }

    public void Queued(long lane)
    {
        if (_isReading)
        {
            _lanes.Add(lane);
        }
    }

    public void Freed(Guid task, int attempt)
    {
        if (_isReading)
        {
            _freed.Add((task, attempt));
            _taken.Remove((task, attempt));
        }
    }

    public void Taken(TakenPlace place)
    {
        if (_isReading)
        {
            _freed.Remove((place.Task, place.Attempt));
            _taken.TryAdd((place.Task, place.Attempt), place);
        }
    }

    /// <summary>What the tables say of lanes and places, put right by what was told. That is over then.</summary>
    public (List<long> Lanes, List<TakenPlace> Places) End(IEnumerable<long> fullLanes, IEnumerable<TakenPlace> taken)
    {
        List<long> lanes = [.. fullLanes.Union(_lanes)];
        List<TakenPlace> places = [.. taken.Where(place => !_freed.Contains((place.Task, place.Attempt))), .. _taken.Values];
        Forget();
        _isReading = false;
        return (lanes, places);
    }

    private void Forget()
    {
        _lanes.Clear();
        _freed.Clear();
        _taken.Clear();
    }
}
