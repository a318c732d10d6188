using Agents.Bench.Figures;

namespace Agents.Bench.Load;

/// <summary>What one turn of a load gave.</summary>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="OwnCpu">CPU seconds that the load itself took, where it has a thread of its own to tell.</param>
internal sealed record Turn(Latencies Latencies, TimeSpan Elapsed, double? OwnCpu = null)
{
    public double PerSecond => Latencies.Count / Elapsed.TotalSeconds;
}

/// <summary>Keeps so many connections busy, each with its next request as soon as it has the answer to the last.</summary>
internal interface ILoad
{
    Task<Turn> RunAsync(TimeSpan duration, CancellationToken cancellationToken);
}
