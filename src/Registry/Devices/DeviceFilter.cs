using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Registry.Agents;

namespace Agents.Registry.Devices;

/// <summary>Which devices are asked for. All that is given has to hold.</summary>
internal sealed record DeviceFilter(string? Status, string[]? Label, string[]? Capability, string? Pool, string? Q) : IValidated
{
    public void Validate(Problems problems)
    {
        if (Status is not (null or PresenceStatus.Online or PresenceStatus.Offline))
        {
            problems.Add("status", $"must be {PresenceStatus.Online} or {PresenceStatus.Offline}");
        }

        AgentFilter.Texts(problems, Capability, "capability");
        AgentFilter.Texts(problems, Label, "label");
        problems.OptionalText(Pool, 0, 128);
        problems.OptionalText(Q, 0, 256);
    }
}
