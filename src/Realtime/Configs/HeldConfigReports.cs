using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Handlers;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Agents.ServiceDefaults.Loops;

namespace Agents.Realtime.Configs;

/// <summary>What devices say their agents are, brought to Registry many at once. Of each agent the last word counts.</summary>
internal sealed partial class HeldConfigReports(IRegistryInternal registry, TimeProvider time, ILogger<HeldConfigReports> log)
    : Periodic(TimeSpan.FromMilliseconds(100), time, log)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Dictionary<string, AgentConfigHeld> _waiting = [];
    private bool _failing;

    /// <summary>Only of agents that are connected here, so there are never more than those.</summary>
    public void Put(AgentConfigHeld held)
    {
        lock (_gate)
        {
            _waiting[held.AgentId] = held;
        }
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, AgentConfigHeld> taken;
        lock (_gate)
        {
            (taken, _waiting) = (_waiting, []);
        }

        try
        {
            foreach (var some in taken.Values.Chunk(AgentIds.Most))
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(AnswerLimit);
                await registry.HoldConfigsAsync(new(some), limit.Token);
                _failing = false;
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            PutBack(taken);
            if (!_failing)
            {
                Log.NotTaken(log, e.Message);
            }

            _failing = true;
            await Task.Delay(PauseAfterFailure, Time, cancellationToken);
        }
    }

    /// <summary>Twice is as good as once; what was said meanwhile is newer.</summary>
    private void PutBack(Dictionary<string, AgentConfigHeld> taken)
    {
        lock (_gate)
        {
            foreach (var (agent, held) in taken)
            {
                _waiting.TryAdd(agent, held);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Registry does not take just now what agents are; it waits: {Reason}")]
        public static partial void NotTaken(ILogger log, string reason);
    }
}

internal sealed class AgentConfigHeldHandler(Roster roster, HeldConfigReports reports) : IHandler<AgentConfigHeld>
{
    public ValueTask<Fault?> HandleAsync(Connection from, AgentConfigHeld message, CancellationToken cancellationToken)
    {
        var fault = OwnAgents.FaultOf(from, message.AgentId, roster);
        if (fault is null)
        {
            reports.Put(message);
        }

        return new(fault);
    }
}
