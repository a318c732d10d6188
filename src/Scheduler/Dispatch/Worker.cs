using Agents.Contracts.Registry;

namespace Agents.Scheduler.Dispatch;

/// <summary>An agent as the choice sees it: with its device, and the holder over which its work would go.</summary>
/// <param name="Holder">Its own connection where it has one, else its device's; null where neither is there and takes tasks.</param>
/// <param name="IsUntasked">It is connected by something that takes no tasks.</param>
/// <param name="Instance">The Realtime process that the holder is connected to.</param>
internal sealed record Worker(KnownAgent Agent, DeviceFacts? Device, string? Holder, string Instance, double Load, bool IsUntasked)
{
    public string Id => Agent.Id;

    public string? DeviceId => Agent.DeviceId;

    public int Concurrency => Agent.Concurrency;

    public int DeviceConcurrency => Device?.Concurrency ?? int.MaxValue;

    public bool Has(string capability) => Agent.Capabilities.Contains(capability) || (Device?.Capabilities.Contains(capability) ?? false);

    /// <summary>Its own labels count before its device's.</summary>
    public bool HasLabel(string name, string value) =>
        (Agent.Labels.TryGetValue(name, out var mine) || (Device is not null && Device.Labels.TryGetValue(name, out mine))) && mine == value;

    public bool IsFor(string? owner) => Agent.Visibility is AgentVisibility.Public || (owner is not null && Agent.Owner == owner);
}
