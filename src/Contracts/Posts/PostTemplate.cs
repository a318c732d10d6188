using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Agents.Contracts.Posts;

/// <summary>What an agent of a post is like. All of it may be left out; reading gives back what was written and no more.</summary>
/// <param name="RolePrompt">Who it is and how it works, in words.</param>
/// <param name="Runner">The program that does the work, see <see cref="PostRunner"/>. Left out: the provider's own, where it is one of them.</param>
/// <param name="Command">Of the runners acp and command: the program and its arguments.</param>
/// <param name="Environment">By name: a plain text, or <c>{"secret": "NAME"}</c>.</param>
/// <param name="Requires">What a device must have to carry one.</param>
/// <param name="Concurrency">Tasks at once.</param>
/// <param name="Tools">By the tool's name, or * for all others: allow, ask or deny.</param>
/// <param name="OnMention">What it is to somebody of it to be mentioned in a group, see <see cref="MentionRule"/>.</param>
/// <param name="Mcp">False: its programs get no tools by which agents work together.</param>
public sealed record PostTemplate(
    [property: JsonIgnore(Condition = WhenWritingNull)] string? RolePrompt = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<PostSkill>? Skills = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] PostProvider? Provider = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Runner = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Command = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyDictionary<string, PostVariable>? Environment = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] PostLimits? Limits = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] PostRequires? Requires = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Concurrency = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] PostWorking? Working = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyDictionary<string, string>? Tools = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? OnMention = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] bool? Mcp = null)
{
    public const int MaxBytes = 256 * 1024;
    public const int MaxPromptBytes = 64 * 1024;

    /// <summary>What is not known here: a mistyped name would otherwise be a default that nobody wanted.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <param name="Fallbacks">Who is asked when it can't, in this order.</param>
public sealed record PostProvider(
    string? Name,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Model = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<PostFallback>? Fallbacks = null)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed record PostFallback(
    string? Name,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Model = null)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <param name="Cpu">Processors; half a one is 0.5.</param>
/// <param name="Timeout">Seconds that one attempt may take.</param>
/// <param name="Idle">Seconds without a word after which it is given up.</param>
/// <param name="CostPerTask">US dollars, as <paramref name="CostPerDay"/>.</param>
public sealed record PostLimits(
    [property: JsonIgnore(Condition = WhenWritingNull)] int? MemoryMb = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] decimal? Cpu = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Pids = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Timeout = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Idle = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] long? TokensPerTask = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] decimal? CostPerTask = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] long? TokensPerDay = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] decimal? CostPerDay = null)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed record PostRequires(
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Capabilities = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyDictionary<string, string>? Labels = null)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Where it works: in a folder of the device, or in a working tree of its own of a repository.</summary>
/// <param name="Artifacts">Files there that are kept of each task, see <see cref="Scheduler.ArtifactPatterns"/>.</param>
public sealed record PostWorking(
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Folder = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Repo = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Ref = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Artifacts = null)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public static class PostRunner
{
    public const string Claude = "claude";
    public const string Codex = "codex";
    public const string OpenClaw = "openclaw";
    public const string Acp = "acp";
    public const string Command = "command";

    /// <summary>Takes models of any provider, so it is the one for those that have no program of their own.</summary>
    public const string OpenCode = "opencode";

    public static IReadOnlyList<string> All { get; } = [Claude, Codex, OpenCode, OpenClaw, Acp, Command];

    public static bool WantsCommand(string? runner) => runner is Acp or Command;

    /// <summary>Where no runner is named.</summary>
    public static string For(string? provider) => provider is null ? Claude : All.Contains(provider) && !WantsCommand(provider) ? provider : OpenCode;
}

public static class ToolRule
{
    public const string Allow = "allow";
    public const string Ask = "ask";
    public const string Deny = "deny";
}

public static class MentionRule
{
    /// <summary>It is told, and does with it what it likes.</summary>
    public const string Tell = "tell";

    /// <summary>What was said becomes a task for it, whose result is its answer.</summary>
    public const string Task = "task";
}
