using Agents.Bench.Figures;
using Agents.Bench.Load;

namespace Agents.Bench.Requests;

/// <summary>One way to do a request; its name is its row in the table.</summary>
/// <param name="OwnServer">The server is in this very process.</param>
internal sealed record Variant(string Name, ILoad Load, bool OwnServer = false);

/// <summary>What one turn of a variant gave: the load's own view, and CPU seconds by part.</summary>
internal sealed record Sample(Turn Turn, CpuTimes Cpu)
{
    /// <summary>More of the machine than this, taken by others, and the turn tells of them.</summary>
    private const double Bearable = 0.08;

    public double OthersShare => Cpu.Others / (Environment.ProcessorCount * Turn.Elapsed.TotalSeconds);

    public bool IsDisturbed => OthersShare > Bearable;

    /// <summary>CPU milliseconds per thousand requests, which is microseconds per request.</summary>
    public double MillisecondsPerThousand(string part) => Cpu.Parts.GetValueOrDefault(part) * 1e6 / Turn.Latencies.Count;
}
