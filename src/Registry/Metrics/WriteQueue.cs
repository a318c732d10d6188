using Agents.Contracts.Registry;

namespace Agents.Registry.Metrics;

/// <summary>Points that somebody waits for, until they are on disk.</summary>
internal sealed record WaitingPoints(IReadOnlyList<MetricPoint> Points)
{
    public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Nobody waits for them any more.</summary>
    public bool Withdrawn { get; set; }
}

/// <summary>What waits to be written, bounded by its points. Who gives up takes its own back: it will bring them again.</summary>
internal sealed class WriteQueue(int maxPoints)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<WaitingPoints> _waiting = [];
    private readonly SemaphoreSlim _came = new(0);
    private int _points;

    /// <summary>Null where there is no room for them now.</summary>
    public WaitingPoints? TryAdd(IReadOnlyList<MetricPoint> points)
    {
        var waiting = new WaitingPoints(points);
        lock (_gate)
        {
            if (_points + points.Count > maxPoints)
            {
                return null;
            }

            _points += points.Count;
            _waiting.AddLast(waiting);
        }

        _came.Release();
        return waiting;
    }

    /// <summary>What is being written already goes its way.</summary>
    public void Withdraw(WaitingPoints waiting)
    {
        lock (_gate)
        {
            waiting.Withdrawn = true;
            if (_waiting.Remove(waiting))
            {
                _points -= waiting.Points.Count;
            }
        }
    }

    /// <summary>May come once too often, after somebody gave up or many were taken at once.</summary>
    public Task SomeAsync(CancellationToken cancellationToken) => _came.WaitAsync(cancellationToken);

    /// <summary>The oldest, until there are so many points.</summary>
    public List<WaitingPoints> Take(int most)
    {
        List<WaitingPoints> taken = [];
        lock (_gate)
        {
            for (var count = 0; count < most && _waiting.First is { Value: var waiting }; count += waiting.Points.Count)
            {
                _waiting.RemoveFirst();
                _points -= waiting.Points.Count;
                taken.Add(waiting);
            }
        }

        return taken;
    }
}
