using Agents.Contracts;
using Agents.Contracts.Registry;
using Microsoft.AspNetCore.Mvc;

namespace Agents.Registry.Agents;

/// <summary>Which agents are asked for. All that is given has to hold.</summary>
internal sealed record AgentFilter(
    [property: FromQuery(Name = "online")] bool? Online,
    [property: FromQuery(Name = "status")] string? Status,
    [property: FromQuery(Name = "type")] string? Type,
    [property: FromQuery(Name = "capability")] string[]? Capability,
    [property: FromQuery(Name = "label")] string[]? Label,
    [property: FromQuery(Name = "tag")] string[]? Tag,
    [property: FromQuery(Name = "pool")] string? Pool,
    [property: FromQuery(Name = "post_id")] string? PostId,
    [property: FromQuery(Name = "device_id")] string? DeviceId,
    [property: FromQuery(Name = "q")] string? Q) : IValidated
{
    private const int MaxFilters = 20;

    public void Validate(Problems problems)
    {
        if (Status is not (null or PresenceStatus.Online or PresenceStatus.Busy or PresenceStatus.Idle or PresenceStatus.Offline))
        {
            problems.Add("status", $"must be {PresenceStatus.Online}, {PresenceStatus.Busy}, {PresenceStatus.Idle} or {PresenceStatus.Offline}");
        }

        Texts(problems, Capability, "capability");
        Texts(problems, Label, "label");
        Texts(problems, Tag, "tag");
        problems.OptionalText(Type, 0, 128);
        problems.OptionalText(Pool, 0, 128);
        problems.OptionalText(PostId, 0, Ids.MaxLength);
        problems.OptionalText(DeviceId, 0, Ids.MaxLength);
        problems.OptionalText(Q, 0, 256);
    }

    /// <summary>Also against null characters, which PostgreSQL would refuse as if it were our fault.</summary>
    internal static void Texts(Problems problems, string[]? texts, string field)
    {
        if (texts?.Length > MaxFilters)
        {
            problems.Add(field, $"may be given at most {MaxFilters} times");
        }

        foreach (var text in texts ?? [])
        {
            problems.OptionalText(text, 0, 300, field);
        }
    }
}
