using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;
using Agents.Daemon.Processes;

namespace Agents.Daemon.Work;

/// <summary>What an agent is, as far as it matters to whoever does its work. Fields as a post's template has them.</summary>
/// <param name="Skills">A name, or an object with a name and a text.</param>
/// <param name="Environment">A text, or <c>{"secret": "NAME"}</c>.</param>
internal sealed record AgentSetup(
    string? RolePrompt = null, SetupProvider? Provider = null, string? Runner = null, IReadOnlyList<string>? Command = null,
    IReadOnlyDictionary<string, JsonElement>? Environment = null, RunLimits? Limits = null, SetupWorking? Working = null, int? Concurrency = null,
    IReadOnlyDictionary<string, string>? Tools = null, IReadOnlyList<JsonElement>? Skills = null, bool? Mcp = null)
{
    public string RunnerName => Runner ?? PostRunner.For(Provider?.Name);

    public IReadOnlyDictionary<string, string> PlainVariables =>
        Variables.Where(variable => variable.Value.ValueKind is JsonValueKind.String).ToDictionary(variable => variable.Key, variable => variable.Value.GetString()!);

    public IReadOnlyList<string> SecretVariables => [.. Variables.Where(variable => variable.Value.ValueKind is JsonValueKind.Object).Select(variable => variable.Key)];

    private IEnumerable<KeyValuePair<string, JsonElement>> Variables => Environment ?? new Dictionary<string, JsonElement>();

    /// <summary>Nobody has said how it works: it has no post, and nothing of its own.</summary>
    [JsonIgnore]
    public bool IsUnknown { get; private init; }

    /// <summary>Null where nothing was told that can be understood.</summary>
    public static AgentSetup? Of(AgentConfigTold? told)
    {
        try
        {
            return told?.Config?.Deserialize(DaemonJson.Wire.AgentSetup) is { } setup
                ? setup with { IsUnknown = told.PostId is null && setup.Runner is null && setup.Command is null }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record SetupProvider(string? Name = null, string? Model = null)
{
    /// <summary>As programs want it that have models of many providers.</summary>
    /// <param name="runner">The program; named as the provider it says nothing about whose model it is.</param>
    public string? FullModel(string runner) => Name is null || Name == runner || Model is null || Model.Contains('/') ? Model : $"{Name}/{Model}";
}

internal sealed record SetupWorking(string? Folder = null, string? Repo = null, string? Ref = null, IReadOnlyList<string>? Artifacts = null);
