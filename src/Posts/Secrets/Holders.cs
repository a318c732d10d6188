using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Clients;

namespace Agents.Posts.Secrets;

/// <summary>Who runs an attempt, as Scheduler knows it. Asked each time: what was true a moment ago gives nobody a secret.</summary>
internal sealed class Holders(ISchedulerInternal scheduler)
{
    private const int AcceptSeconds = 2;

    /// <summary>The agent for which the caller runs it just now; null where he does not, whoever he is.</summary>
    public async Task<string?> AgentForAsync(Guid task, int attempt, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsDevice && !caller.IsOwnAgent)
        {
            return null;
        }

        var holder = await AskAsync(task, attempt, 0, cancellationToken);
        if (holder is { IsAccepted: false } && IsHeldBy(holder, caller))
        {
            // His accept may be on its way. Only he waits for it: how long an answer takes tells nobody else anything.
            holder = await AskAsync(task, attempt, AcceptSeconds, cancellationToken);
        }

        return holder is { IsAccepted: true } && IsHeldBy(holder, caller) ? holder.AgentId : null;
    }

    /// <summary>The id of an agent is its maker's choice, and may be that of a device. Pure.</summary>
    internal static bool IsHeldBy(AttemptHolder holder, Caller caller) => caller.IsOwnAgent
        ? holder.IsByItself && caller.Id == holder.AgentId
        : caller.IsDevice && holder.DeviceId is not null && caller.Id == holder.DeviceId;

    private Task<AttemptHolder?> AskAsync(Guid task, int attempt, int wait, CancellationToken cancellationToken) =>
        scheduler.GetHolderAsync(task.ToString(), attempt, wait, cancellationToken).OrNoneAsync();
}
