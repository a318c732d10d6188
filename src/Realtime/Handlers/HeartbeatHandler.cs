using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Agents.Realtime.Work;

namespace Agents.Realtime.Handlers;

/// <summary>That it lives was noted already; here is what it says of its agents.</summary>
internal sealed class HeartbeatHandler(Roster roster, PresenceBook presence, WordQueue words, Holders holders) : IHandler<HeartbeatIn>
{
    private const int MostAgents = 10_000;
    private const int MostRunning = 2_000;

    public ValueTask<Fault?> HandleAsync(Connection from, HeartbeatIn message, CancellationToken cancellationToken)
    {
        if (message.Agents?.Count > MostAgents)
        {
            return new(new Fault(ErrorCode.Invalid, $"payload.agents must be at most {MostAgents}."));
        }

        var fault = SayRunning(from, message);
        foreach (var agent in message.Agents ?? [])
        {
            var wrong = agent is null ? new Fault(ErrorCode.Invalid, "payload.agents must have no null.") : OwnAgents.FaultOf(from, agent.AgentId, roster) ?? AgentStates.FaultOf(agent.Status, agent.Running);
            if (wrong is null)
            {
                presence.Say(from, agent!.AgentId, AgentStates.Of(agent.Status, agent.Running), agent.Running ?? 0);
            }

            // One that is wrong does not take the others along.
            fault ??= wrong;
        }

        return new(fault);
    }

    private Fault? SayRunning(Connection from, HeartbeatIn message)
    {
        if (message.Running is not { } running || !Holders.SpeaksOfTasks(from.Peer))
        {
            return null;
        }

        if (running.Count > MostRunning || running.Any(one => one is null || !Guid.TryParse(one.TaskId, out _)))
        {
            return new(ErrorCode.Invalid, $"payload.running must be at most {MostRunning}, each with task_id and attempt.");
        }

        holders.NamesItsWork(from);
        words.Lease(new(WordKind.Lease, from.Peer.Key, from.Id, Running: running, Load: message.Load));
        return null;
    }
}

/// <summary>What an agent's state is called. Pure.</summary>
internal static class AgentStates
{
    public static string Of(string? status, int? running) => running > 0 ? PresenceStatus.Busy : status ?? PresenceStatus.Idle;

    public static Fault? FaultOf(string? status, int? running) =>
        status is not (null or PresenceStatus.Online or PresenceStatus.Busy or PresenceStatus.Idle or PresenceStatus.Offline)
            ? new(ErrorCode.Invalid, "status must be online, busy, idle or offline.")
            : running is < 0 ? new(ErrorCode.Invalid, "running must not be negative.")
            : null;
}
