using Agents.Contracts.Registry;

namespace Agents.Realtime.Metrics;

/// <summary>Points on their way to Registry, bounded: where there are too many the oldest give way, for newer ones replace them.</summary>
internal sealed class WaitingPoints(int most)
{
    private readonly Lock _gate = new();
    private readonly Queue<MetricPoint> _points = new();

    /// <summary>How many gave way.</summary>
    public int Put(IReadOnlyList<MetricPoint> points)
    {
        lock (_gate)
        {
            foreach (var point in points)
            {
                _points.Enqueue(point);
            }

            var over = Math.Max(0, _points.Count - most);
            for (var i = 0; i < over; i++)
            {
                _points.Dequeue();
            }

            return over;
        }
    }

    public List<MetricPoint> Take(int atMost)
    {
        List<MetricPoint> taken = [];
        lock (_gate)
        {
            while (taken.Count < atMost && _points.TryDequeue(out var point))
            {
                taken.Add(point);
            }
        }

        return taken;
    }
}
