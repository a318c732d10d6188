using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Agents.Registry.Metrics;

/// <summary>
/// Points that are not kept: each is counted, and of a device it is said once an hour, because a device that sends such
/// points sends them all the time.
/// </summary>
internal sealed partial class LostPoints(IMeterFactory meters, TimeProvider time, ILogger<LostPoints> log)
{
    /// <summary>It breaks a rule, or became too old on its way.</summary>
    public const string Bad = "bad";

    /// <summary>Its device has as many series as it may have.</summary>
    public const string Series = "series";

    private const int MaxKept = 20_000;

    private static readonly TimeSpan SaidEvery = TimeSpan.FromHours(1);

    private readonly Counter<long> _counter = meters.Create("Agents.Registry").CreateCounter<long>("agents.metrics.lost", "{point}", "Points that were not kept");
    private readonly ConcurrentDictionary<(string Device, string Reason), Lost> _said = new();

    public void Add(string? deviceId, string reason, int count)
    {
        _counter.Add(count, new KeyValuePair<string, object?>("reason", reason));
        if (_said.Count >= MaxKept)
        {
            _said.Clear();
        }

        var lost = _said.GetOrAdd((deviceId ?? "", reason), static _ => new());
        if (lost.Since(count, time) is > 0 and var since)
        {
            Log.NotKept(log, since, deviceId ?? "", reason);
        }
    }

    private sealed class Lost
    {
        private readonly Lock _gate = new();
        private long? _saidAt;
        private long _since;

        /// <summary>How many since it was said last; 0 where that is not long ago.</summary>
        public long Since(int count, TimeProvider time)
        {
            lock (_gate)
            {
                _since += count;
                if (_saidAt is { } at && time.GetElapsedTime(at) < SaidEvery)
                {
                    return 0;
                }

                (_saidAt, var since, _since) = (time.GetTimestamp(), _since, 0);
                return since;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} points of device '{DeviceId}' were not kept ({Reason}); more of the like are said in an hour")]
        public static partial void NotKept(ILogger log, long count, string deviceId, string reason);
    }
}
