using Agents.Contracts.Realtime;
using Agents.Daemon.Link;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Machine;

/// <summary>Reads every gauge at each interval and puts what they say into the outbox, dated by the server's clock.</summary>
internal sealed partial class MetricsLoop(
    IReadOnlyList<IGauge> gauges, Outbox outbox, ServerClock clock, TimeSpan interval, TimeProvider time, ILogger log)
{
    // Half of what a frame may have: even with the longest labels it stays under the frame's size.
    private const int PointsPerFrame = MetricsPayload.MaxPoints / 2;

    private readonly HashSet<IGauge> _failed = [];

    public async Task RunAsync(CancellationToken stop)
    {
        // Figures per second begin here.
        _ = Read();
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            foreach (var points in Read().Chunk(PointsPerFrame))
            {
                await outbox.PutAsync(OutFrame.Of(FrameType.Metrics, new(points), DaemonJson.Wire.MetricsPayload), stop);
            }
        }
    }

    private List<MetricValue> Read()
    {
        var points = new List<MetricValue>();
        var ts = clock.Now.ToUnixTimeMilliseconds() / 1000.0;
        foreach (var gauge in gauges)
        {
            try
            {
                points.AddRange(gauge.Read().Where(point => double.IsFinite(point.Value)).Select(point => point with { Ts = ts }));
            }
            catch (Exception e)
            {
                // One that fails does so every time; the log need not say so every time.
                if (_failed.Add(gauge))
                {
                    Log.GaugeFailed(log, e, gauge.GetType().Name);
                }
            }
        }

        return points;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Gauge} can't be read here; it is not said again")]
        public static partial void GaugeFailed(ILogger log, Exception exception, string gauge);
    }
}
