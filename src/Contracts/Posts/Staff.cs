using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Agents.Contracts.Registry;

namespace Agents.Contracts.Posts;

/// <summary>Agents of a post. Exactly one of count, devices and selector says where.</summary>
/// <param name="Count">So many, spread over the devices that have what the post requires.</param>
/// <param name="Devices">One on each of these.</param>
/// <param name="Selector">One on each device that it picks.</param>
/// <param name="NamePattern">With <c>{n}</c>, <c>{device}</c> and <c>{post}</c>; <c>{post}-{n}</c> where nothing is said.</param>
/// <param name="Preview">Only says which agents would be made and where, without ids.</param>
public sealed partial record CreateAgentsRequest(
    int? Count = null, IReadOnlyList<string>? Devices = null, DeviceSelector? Selector = null, string? NamePattern = null, bool? Preview = null) : IValidated
{
    public const string DefaultPattern = "{post}-{n}";

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        if (new object?[] { Count, Devices, Selector }.Count(given => given is not null) != 1)
        {
            problems.Add("count", "must be given, or devices, or selector: one of them");
        }

        problems.Range(Count, 1, AgentsOrder.Most);
        if (Devices is { Count: 0 or > AgentsOrder.Most } || Devices?.Any(id => !Ids.IsValid(id)) is true)
        {
            problems.Add("devices", $"must be 1 to {AgentsOrder.Most} ids of devices");
        }

        if (Selector is not null)
        {
            problems.Unknown(Selector.Unknown, "selector");
            problems.Labels(Selector.Labels, "selector.labels");
            if (Selector.Labels is null or { Count: 0 })
            {
                problems.Add("selector.labels", "must have one label at least");
            }
        }

        problems.OptionalText(NamePattern, 1, 128);
        if (NamePattern is "")
        {
            problems.Add("name_pattern", "must not be empty");
        }

        foreach (var part in Parts().Matches(NamePattern ?? "").Select(match => match.Value).Where(part => part is not ("{n}" or "{device}" or "{post}")).Distinct())
        {
            problems.Add("name_pattern", $"knows {{n}}, {{device}} and {{post}}, not {part}");
        }
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Parts();
}

public sealed record DeviceSelector(IReadOnlyDictionary<string, string>? Labels = null)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>An agent of a post, and how far it is.</summary>
/// <param name="Version">The one that it is to follow.</param>
/// <param name="HeldVersion">The one that its device has said it follows from its next task on.</param>
/// <param name="Drift">It does not hold what it is to be.</param>
public sealed record PostAgentView(
    string Id, string Name, string? DeviceId, bool Online, int Version, string Revision, int? HeldVersion, string? HeldRevision, DateTimeOffset? HeldAt, bool Drift);
