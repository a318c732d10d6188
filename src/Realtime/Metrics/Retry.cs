using System.Net;
using Refit;

namespace Agents.Realtime.Metrics;

/// <summary>What becomes of points that Registry did not take. Pure.</summary>
internal static class Retry
{
    private const int MostTries = 5;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long to leave Registry alone; null where the points are given up. While it is away or has no room, that says
    /// nothing of them; any other answer does, and then others behind them are not to wait for ever.
    /// </summary>
    public static TimeSpan? After(Exception failure, int tries) =>
        failure is ApiException { StatusCode: not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout) } && tries >= MostTries ? null
        : failure is ApiException { Headers.RetryAfter.Delta: { } asked } ? asked < LongestPause ? asked : LongestPause
        : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries - 1), LongestPause.TotalSeconds));
}
