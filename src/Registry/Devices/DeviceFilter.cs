using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Registry.Agents;
using Microsoft.AspNetCore.Mvc;

namespace Agents.Registry.Devices;

/// <summary>Which devices are asked for. All that is given has to hold.</summary>
internal sealed record DeviceFilter(
    [property: FromQuery(Name = "status")] string? Status,
    [property: FromQuery(Name = "label")] string[]? Label,
    [property: FromQuery(Name = "capability")] string[]? Capability,
    [property: FromQuery(Name = "pool")] string? Pool,
    [property: FromQuery(Name = "q")] string? Q) : IValidated
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
