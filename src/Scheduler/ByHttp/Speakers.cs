using Agents.Contracts.Registry;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Auth;

namespace Agents.Scheduler.ByHttp;

/// <summary>Who speaks for an agent: itself by its own token, its device, its owner, an operator. Pure.</summary>
internal static class Speakers
{
    /// <summary>The id of an agent or a device is its maker's choice, and may be that of a person.</summary>
    public static bool SpeaksFor(this Caller caller, KnownAgent agent) =>
        caller.IsOwnAgent ? caller.Id == agent.Id
        : caller.IsDevice ? caller.Id == agent.DeviceId
        : caller.IsOperator || caller.Id == agent.Owner;

    /// <summary>An attempt stays with who has it, also where the agent was deleted or went to another device.</summary>
    public static bool SpeaksOf(this Caller caller, HeldAttempt attempt, KnownAgent? agent) =>
        caller.IsOwnAgent ? caller.Id == attempt.Agent
        : caller.IsDevice ? caller.Id == attempt.Device
        : caller.IsOperator || (agent is not null && caller.Id == agent.Owner);

    /// <summary>What goes over a device's connection only the device speaks of: it alone knows what it runs.</summary>
    public static bool IsHeardFor(this Caller caller, string holder) =>
        !HolderKey.IsOfDevice(holder) || (caller.IsDevice && holder == HolderKey.OfDevice(caller.Id));
}
