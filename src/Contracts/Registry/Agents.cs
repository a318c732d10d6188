using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Contracts.Registry;

/// <param name="Status">See <see cref="PresenceStatus"/>.</param>
/// <param name="Running">Tasks that it works on just now.</param>
/// <param name="OwnToken">Its own process may connect with one, and then signs nothing.</param>
public sealed record AgentView(
    string Id, string Name, string Type, string Role, bool Online, string Status, int Running, IReadOnlyList<string> Tags,
    IReadOnlyList<string> Capabilities, int Concurrency, IReadOnlyDictionary<string, string> Labels, string Pool, JsonElement Meta,
    string Visibility, string? Owner, string? DeviceId, string? PostId, DateTimeOffset? LastSeen, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    bool OwnToken);

/// <param name="Id">Brought along, or made here.</param>
/// <param name="Token">With it the agent's own process may connect. Written, never read.</param>
public sealed record CreateAgentRequest(
    string Name, string? Type = null, IReadOnlyList<string>? Capabilities = null, int? Concurrency = null, string? Token = null,
    IReadOnlyList<string>? Tags = null, JsonObject? Meta = null, IReadOnlyDictionary<string, string>? Labels = null, string? Pool = null,
    string? Visibility = null, string? Role = null, string? DeviceId = null, string? PostId = null, string? Id = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Text(Name, 1, AgentRules.MaxName);
        problems.Id(Id);
        AgentRules.Check(problems, Type, Role, Capabilities, Concurrency, Token, Tags, Meta, Labels, Pool, Visibility, DeviceId, PostId);
    }
}

/// <summary>What is left out stays as it is; an empty <see cref="DeviceId"/> or <see cref="PostId"/> takes it away.</summary>
public sealed record ChangeAgentRequest(
    string? Name = null, string? Type = null, IReadOnlyList<string>? Capabilities = null, int? Concurrency = null, string? Token = null,
    IReadOnlyList<string>? Tags = null, JsonObject? Meta = null, IReadOnlyDictionary<string, string>? Labels = null, string? Pool = null,
    string? Visibility = null, string? Role = null, string? DeviceId = null, string? PostId = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.OptionalText(Name, 1, AgentRules.MaxName);
        if (Name is "")
        {
            problems.Add("name", "must not be empty");
        }

        AgentRules.Check(
            problems, Type, Role, Capabilities, Concurrency, Token, Tags, Meta, Labels, Pool, Visibility,
            DeviceId is "" ? null : DeviceId, PostId is "" ? null : PostId);
    }
}

/// <summary>An agent that its device announces: made, or brought up to date.</summary>
public sealed record RegisterAgentRequest(
    string Id, string? Name = null, string? Role = null, string? Type = null, IReadOnlyList<string>? Capabilities = null, int? Concurrency = null) : IValidated
{
    public void Validate(Problems problems)
    {
        if (problems.Required(Id))
        {
            problems.Id(Id);
        }

        problems.OptionalText(Name, 1, AgentRules.MaxName);
        AgentRules.Check(problems, Type, Role, Capabilities, Concurrency);
    }
}

public sealed record AgentId(string Id);

public static class AgentVisibility
{
    /// <summary>Everybody who is signed in sees it.</summary>
    public const string Public = "public";

    /// <summary>Its owner sees it, and who runs the place.</summary>
    public const string Private = "private";
}

internal static class AgentRules
{
    public const int MaxName = 128;
    public const int MaxMetaBytes = 32 * 1024;

    /// <summary>An answer nests it deeper than the request did, and has an end as well.</summary>
    private const int MaxMetaDepth = 32;

    public static void Check(
        Problems problems, string? type, string? role, IReadOnlyList<string>? capabilities, int? concurrency, string? token = null,
        IReadOnlyList<string>? tags = null, JsonObject? meta = null, IReadOnlyDictionary<string, string>? labels = null, string? pool = null,
        string? visibility = null, string? deviceId = null, string? postId = null)
    {
        problems.OptionalText(type, 0, 64);
        problems.OptionalText(role, 0, 128);
        problems.Capabilities(capabilities);
        problems.Concurrency(concurrency);
        problems.OptionalText(token, 6, 512);
        problems.Names(tags);
        problems.Labels(labels);
        problems.OptionalText(pool, 0, 128);
        problems.Id(deviceId);
        problems.Id(postId);
        if (visibility is not (null or AgentVisibility.Public or AgentVisibility.Private))
        {
            problems.Add("visibility", $"must be {AgentVisibility.Public} or {AgentVisibility.Private}");
        }

        if (meta is not null && !IsModest(meta.ToJsonString()))
        {
            problems.Add("meta", $"must have at most {MaxMetaBytes} characters as JSON, nested at most {MaxMetaDepth} deep");
        }
    }

    private static bool IsModest(string json)
    {
        if (json.Length > MaxMetaBytes)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = MaxMetaDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
