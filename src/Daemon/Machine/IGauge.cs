using Agents.Contracts.Realtime;

namespace Agents.Daemon.Machine;

/// <summary>One kind of figure of this machine. What can't be read here has no points; figures per second need two readings.</summary>
internal interface IGauge
{
    IEnumerable<MetricValue> Read();
}
