using Agents.Contracts.Realtime;
using Agents.Daemon.Link;
using Agents.Daemon.Processes;

namespace Agents.Daemon.Machine;

/// <summary>What each agent uses: all processes of all its tasks. Of processors as much as since the last reading.</summary>
internal sealed class AgentGauge(CarriedAgents agents, Func<IReadOnlyDictionary<string, RunUsage>> usage, Func<string, int> running, TimeProvider time) : IGauge
{
    /// <summary>What the kernel counts processor time in, on every machine that it runs on.</summary>
    private const double TicksPerSecond = 100;

    private Dictionary<string, long> _ticks = [];
    private long _read = time.GetTimestamp();

    public IEnumerable<MetricValue> Read()
    {
        var now = usage();
        var (seconds, before) = (time.GetElapsedTime(_read).TotalSeconds, _ticks);
        (_read, _ticks) = (time.GetTimestamp(), now.ToDictionary(agent => agent.Key, agent => agent.Value.CpuTicks));
        foreach (var agent in agents.All)
        {
            var used = now.GetValueOrDefault(agent.Id);
            // Those that ended took theirs along.
            var ticks = Math.Max(0, used.CpuTicks - before.GetValueOrDefault(agent.Id));
            yield return Points.Of("agent.cpu", seconds > 0 ? ticks / TicksPerSecond / seconds : 0, "agent_id", agent.Id);
            yield return Points.Of("agent.memory", used.Memory, "agent_id", agent.Id);
            yield return Points.Of("agent.running", running(agent.Id), "agent_id", agent.Id);
        }
    }
}
